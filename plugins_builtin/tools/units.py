"""Conversion of units."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from plugins_builtin.tools.sums import written
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_SCALES: dict[str, tuple[str, float, str, str]] = {
    "mm": ("length", 0.001, "millimètres", "millimetres"),
    "cm": ("length", 0.01, "centimètres", "centimetres"),
    "m": ("length", 1.0, "mètres", "metres"),
    "km": ("length", 1000.0, "kilomètres", "kilometres"),
    "inch": ("length", 0.0254, "pouces", "inches"),
    "foot": ("length", 0.3048, "pieds", "feet"),
    "yard": ("length", 0.9144, "yards", "yards"),
    "mile": ("length", 1609.344, "miles", "miles"),
    "g": ("weight", 0.001, "grammes", "grams"),
    "kg": ("weight", 1.0, "kilos", "kilograms"),
    "t": ("weight", 1000.0, "tonnes", "tonnes"),
    "ounce": ("weight", 0.028349523125, "onces", "ounces"),
    "pound": ("weight", 0.45359237, "livres", "pounds"),
    "ml": ("volume", 0.001, "millilitres", "millilitres"),
    "cl": ("volume", 0.01, "centilitres", "centilitres"),
    "l": ("volume", 1.0, "litres", "litres"),
    "gallon": ("volume", 3.785411784, "gallons américains", "US gallons"),
    "km/h": ("speed", 1 / 3.6, "kilomètres par heure", "kilometres per hour"),
    "m/s": ("speed", 1.0, "mètres par seconde", "metres per second"),
    "mph": ("speed", 0.44704, "miles par heure", "miles per hour"),
    "knot": ("speed", 1852 / 3600, "nœuds", "knots"),
    "celsius": ("temperature", 1.0, "degrés Celsius", "degrees Celsius"),
    "fahrenheit": ("temperature", 5 / 9, "degrés Fahrenheit", "degrees Fahrenheit"),
}
"""Unit -> what it measures, how much of the first unit it is, its French and its English name (NIST SP 811)."""
_FREEZING = {"celsius": 0.0, "fahrenheit": 32.0}

Unit = StrEnum("Unit", {name: name for name in _SCALES})  # type: ignore[misc]


class Conversion(BaseModel):
    """How much of what, in what."""

    amount: float
    source: Unit
    target: Unit


def converted(amount: float, source: str, target: str) -> float:
    """Convert; raises ValueError when the two measure different things."""
    (what, scale, *_), (other, other_scale, *_) = _SCALES[source], _SCALES[target]
    if what != other:
        raise ValueError(f"{source} is no {other}")
    return (amount - _FREEZING.get(source, 0.0)) * scale / other_scale + _FREEZING.get(target, 0.0)


def converter(french: bool) -> Tool:
    """Give the tool that converts."""

    async def run(arguments: Conversion, scene: Scene) -> str:
        own = in_french(scene, french)
        try:
            result = converted(arguments.amount, arguments.source, arguments.target)
        except ValueError as error:
            sorry = "Désolé, ces unités ne vont pas ensemble." if own else "Sorry, these units do not go together."
            raise ValueError(sorry) from error
        name = 2 if own else 3
        amount = written(arguments.amount, own)
        begins = f"{amount} {_SCALES[arguments.source][name]}"
        verb = "font" if own else "is"
        return f"{begins} {verb} {written(round(result, 2), own)} {_SCALES[arguments.target][name]}."

    unit = (
        r"(metres?|pieds?|pouces?|miles?|yards?|grammes?|kilos?|tonnes?|onces?|livres?|litres?|gallons?|degres|noeuds?|"
        r"celsius|fahrenheit|km|cm|mm|kg|ml|cl|feet|foot|inch(es)?|pounds?|ounces?|liters?|kilometres?|centimetres?|meters?)"
    )
    triggers = (
        rf"{unit}\b.*\b(en|in|to|dans|font|into)\b.*{unit}\b",
        rf"(convert|combien de|how many) .*{unit}.*{unit}",
    )
    examples = (
        ("10 miles en kilomètres", {"amount": 10, "source": "mile", "target": "km"}),
        ("Combien de grammes dans une livre ?", {"amount": 1, "source": "pound", "target": "g"}),
    )
    return Tool("units", "converts units", Conversion, run, triggers, examples=examples)
