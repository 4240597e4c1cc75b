"""Arithmetic, on a syntax tree of which only numbers and operators are allowed."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, Field

from plugins_builtin.tools import spoken_sums
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_BINARY: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_LARGEST = 1e15
"""Beyond it a float says no exact number, and nobody wants to hear it."""
_SORRY = {
    "by zero": ("Désolé, on ne peut pas diviser par zéro.", "Sorry, nothing can be divided by zero."),
    "no sum": ("Désolé, je ne sais pas calculer cela.", "Sorry, I cannot calculate that."),
}


class Sum(BaseModel):
    """What is to be calculated."""

    expression: str = Field(max_length=100)


def value(expression: str) -> float:
    """Calculate; raises ValueError for whatever is no arithmetic, or is too large."""
    try:
        tree = ast.parse(_python(expression), mode="eval")
        result = _value(tree.body)
    except (SyntaxError, ArithmeticError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(str(error)) from error
    if isinstance(result, complex) or not abs(result) <= _LARGEST:
        raise ValueError("too large")
    return float(result)


def _python(expression: str) -> str:
    for sign, meant in (("×", "*"), ("÷", "/"), ("^", "**"), (",", "."), ("−", "-"), ("=", ""), ("?", "")):
        expression = expression.replace(sign, meant)
    return expression.strip()


def _value(node: ast.AST) -> Any:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return -_value(node.operand) if isinstance(node.op, ast.USub) else _value(node.operand)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return _power(_value(node.left), _value(node.right))
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)](_value(node.left), _value(node.right))
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "sqrt"
        and len(node.args) == 1
    ):
        return math.sqrt(_value(node.args[0]))
    raise ValueError("no arithmetic")


def _power(base: Any, exponent: Any) -> Any:
    if abs(exponent) > 64:  # before the work is done: 9 ** 9 ** 9 takes for ever
        raise ValueError("too large")
    return float(base) ** exponent


def calculator(french: bool) -> Tool:
    """Give the tool that calculates."""

    async def run(arguments: Sum, scene: Scene) -> str:
        own = in_french(scene, french)
        try:
            return f"{'Cela fait' if own else 'That makes'} {written(value(arguments.expression), own)}."
        except ValueError as error:
            by_zero = isinstance(error.__cause__, ZeroDivisionError)
            raise ValueError(_SORRY["by zero" if by_zero else "no sum"][0 if own else 1]) from error

    def check(arguments: Sum, scene: Scene) -> None:
        if scene.said and not spoken_sums.heard_in(scene.said, arguments.expression):
            raise ValueError(_SORRY["no sum"][0 if in_french(scene, french) else 1])

    def read(question: str) -> dict[str, Any] | None:
        found = spoken_sums.expression(question, "fr" if french else "en")
        return {"expression": found} if found else None

    french_words = (
        r"zero|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    )
    french_words += r"quarante|cinquante|soixante|cents?|mille"
    digits = rf"(\d|\b({french_words})\b)"
    english = (
        r"(\d|\b(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand)\b)"
    )
    words = r"(\b(fois|foie?|plus|moins|x|puissance)\b|divise|multiplie|au carre|au cube|[+*/×÷^]|pour ?cent|%|racine)"
    spoken = r"(\btimes\b|\bplus\b|\bminus\b|divided|multiplied|squared|cubed|[+*/×÷^]|percent|%|square root)"
    any_ = rf"({digits}|{english})"
    asks = r"(combien|how (much|many)|calcul\w*|\btotal|en tout|resultat|result)"
    triggers = (
        rf"{digits}.*{words}.*{digits}|{digits}.*au (carre|cube)|racine.*{digits}|\d ?x ?\d|{digits} par {digits}",
        rf"{english}.*{spoken}.*{english}|{english}.*(squared|cubed)|square root.*{english}|la somme de {digits}",
        rf"(multiplie|divise|additionne|ajoute)\w*\b.*{digits}.*{digits}",
        rf"(moitie|tiers|quart|double|triple) (de |d')?{digits}|(half|twice|double|third|quarter) (of )?{english}",
        rf"{asks}.*{any_}.*{any_}|{any_}.*{any_}.*{asks}",
        rf"(produit|somme|difference|quotient) (de|entre) {digits}|(sum|product) of {english}",
    )
    examples = (
        ("Combien font treize fois six ?", {"expression": "13*6"}),
        ("20 % de 50, ça fait combien ?", {"expression": "50*20/100"}),
        ("J'ai 5 sacs de 8 pommes et j'en mange 3, il en reste combien ?", {"expression": "5*8-3"}),
        ("What is the square root of a hundred divided by four?", {"expression": "sqrt(100)/4"}),
        ("Douze au carré.", {"expression": "12**2"}),
    )
    about = "calculates with the numbers of a request: sums, products, quotients, powers, roots, percentages"
    return Tool("calculator", about, Sum, run, triggers, read=read, examples=examples, check=check)


def written(number: float, french: bool) -> str:
    """Write a number with at most four decimals."""
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if french else text
