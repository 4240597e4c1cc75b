"""Arithmetic as it is said in French or English -> an expression, where nothing else can be meant."""

from __future__ import annotations

import re
from typing import Literal

from plugins_builtin.tools.figures import BOTH, figures, numbers, without_spaces

_N = r"(-?\d+(?:\.\d+)?)"
_SIGNS: tuple[tuple[str, str], ...] = (
    (r"(\d) et demie?\b|(\d) and a half\b", r"\g<1>\g<2>.5"),
    (rf"{_N} ?(?:%|pour 100|pour ?cents?|per ?cent) (?:de|of) {_N}", r"\1 / 100 * \2"),
    (rf"\b(?:racine(?: carree)? (?:de )?|square root of ){_N}", r"sqrt(\1)"),
    (rf"\b(?:multipli\w+|multiply|produit (?:de|entre)|product of) {_N} (?:par|by|et|and|avec) {_N}", r"\1 * \2"),
    (rf"\b(?:divise\w*|divide|quotient (?:de|entre)) {_N} (?:par|by|et|and) {_N}", r"\1 / \2"),
    (rf"\b(?:additionne\w*|ajoute\w*|add|somme (?:de|entre)|sum of) {_N} (?:et|a|and|to|avec) {_N}", r"\1 + \2"),
    (rf"\b(?:difference (?:de|entre)|difference between) {_N} (?:et|and) {_N}", r"\1 - \2"),
    (rf"\b(?:soustrais|soustraire|retire|enleve|subtract) {_N} (?:de|a|from) {_N}", r"\2 - \1"),
    (rf"\b(?:la )?moitie (?:de |d')?{_N}|\bhalf (?:of )?{_N}", r"\1\2 / 2"),
    (rf"\b(?:le |un )?tiers (?:de |d')?{_N}|\b(?:a |one )?third of {_N}", r"\1\2 / 3"),
    (rf"\b(?:le |un )?quart (?:de |d')?{_N}|\b(?:a |one )?quarter of {_N}", r"\1\2 / 4"),
    (rf"\b(?:le )?double (?:de |d')?{_N}|\b(?:twice|double) {_N}", r"\1\2 * 2"),
    (rf"\b(?:le )?triple (?:de |d')?{_N}|\btriple {_N}", r"\1\2 * 3"),
    (r"(?<=\d) ?(?:\ba la |\bto the )?(?:puissance|power of|exposant|\^) ?(?=[-\d])", " ** "),
    (r"(?<=\d) ?(?:multipli\w+ par|multiplied by|fois|foie?|par|times|x|×|\*) ?(?=[-\ds])", " * "),
    (r"(?<=\d) ?(?:divis\w+ (?:par|en)|divided by|÷|/|:) ?(?=[-\ds])", " / "),
    (r"(?<=\d) ?(?:plus|\+) ?(?=[-\ds])", " + "),
    (r"(?<=[\d)]) ?(?:moins|minus|-|−) ?(?=[-\ds])", " - "),
    (r"(?<=\d),? (?:au carre|squared)\b", " ** 2"),
    (r"(?<=\d),? (?:au cube|cubed)\b", " ** 3"),
)
"""What is said -> how it is calculated; numbers are figures already."""
_TERM = rf"(?:sqrt\({_N}\)|{_N})"
_SUM = re.compile(rf"{_TERM}(?: (?:[-+*/]|\*\*) {_TERM})+|sqrt\({_N}\)")
_ASKED = re.compile(
    r"combien|calcul|resultat|egal|donne|\bfai[ts]\b|\bfon[td]\b|\bwhat|how much|comput|multipl|divi|addition|ajout|"
    r"\badd\b|soustra|subtract|somme|\bsum\b|produ[ic]|difference|quotient|racine|root|carre|cube"
)
_MORE = re.compile(
    r"%|/|\b(demie?|tiers|quarts?|moitie|double|triple|millions?|milliards?|billion|reste|modulo|half)\b"
)
"""What would change the result."""
_OPERATOR = re.compile(r"(?<=[\d)] )[-+/*](?=\*? [-\ds])|(?<![\w)])-(?=\d)")
_NEAR = 3
"""Words beside a sum that is a question by itself."""


def expression(question: str, language: Literal["fr", "en"]) -> str | None:
    """Give the one sum of a question in figures and signs; None where there may be more to it.

    `language` is looked at first, then the other one.
    """
    other: Literal["fr", "en"] = "en" if language == "fr" else "fr"
    return _sum(question, language, other) or _sum(question, other, language)


def _sum(question: str, language: Literal["fr", "en"], other: Literal["fr", "en"]) -> str | None:
    asked = figures(question, language)
    text = _signs(asked)
    found = _SUM.search(text)
    if found is None:
        return None
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    if before.endswith(("-", "moins", "minus")):
        return None  # of a negative number
    rest = f"{before} {after}"
    rest = re.sub(r"\b1\b", "", rest)  # an article
    if re.search(r"\d", figures(rest, other)) or _MORE.search(rest):
        return None
    return found[0] if _ASKED.search(asked) or len(re.findall(r"\w+", rest)) <= _NEAR else None


def _signs(text: str) -> str:
    """Write figures and what is done with them as an expression."""
    text = without_spaces(text)
    for said, sign in _SIGNS:
        text = re.sub(said, sign, text)
    return text


def heard_in(question: str, expression: str) -> bool:
    """Say whether an expression has what was said: its numbers, and the signs between the question's own.

    Halves, thirds, quarters and percentages bring numbers of their own.
    """
    said = {2.0, 3.0, 4.0, 100.0} | {abs(number) for number in numbers(question)}
    plain = expression.translate(str.maketrans("×÷^−,", "*/*-."))
    signs = (set(_OPERATOR.findall(_signs(figures(question, language)))) for language in BOTH)
    used = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", plain)}
    return used <= said and all(sign in plain for found in signs for sign in found)
