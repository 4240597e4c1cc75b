"""Numbers as they are said in French or English -> figures."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

BOTH: tuple[Literal["fr", "en"], ...] = ("fr", "en")
_LESS = r"(?<!\bau )(?<!\bdu )(?<!\bou )(?<![\d)] )(?<![\d)])\b(?:moins|minus|negative)\s+(?=\d)"
_DASH = r"(?<![\w)])(?<!\d )[-−](?=\d)|(?<=\b(?:de|of) )[-−–] ?(?=\d)"
_NEGATIVE = re.compile(rf"{_LESS}|{_DASH}|(?<=\bfor )[-−–] ?(?=\d)")
"""A sign, where nothing stands before it from which the number could be taken; "au moins" is none."""


def figures(said: str, language: Literal["fr", "en"]) -> str:
    """Write numbers as figures with a decimal point and a sign, everything else without accents or capitals."""
    from text_to_num import alpha2digit

    spaced = re.sub(r"(?<=\d) ?[x×] ?(?=\d)", " x ", said.casefold().replace("’", "'"))
    spaced = re.sub(r"pour[ -]?cents?\b|per ?cent\b", "%", spaced)
    plain = unicodedata.normalize("NFD", alpha2digit(spaced, language, 0))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain) if language == "en" else re.sub(r"(?<=\d),(?=\d)", ".", plain)
    return signed(plain)


def signed(text: str) -> str:
    """Write the sign of a negative number before its figures."""
    return _NEGATIVE.sub("-", text)


def without_spaces(text: str) -> str:
    """Write thousands without a space."""
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)


def numbers(said: str) -> set[float]:
    """Give the numbers that were said, in either language, halves added, negative ones with their sign."""
    found = set[float]()
    for language in BOTH:
        text = without_spaces(figures(said, language))
        exact = {float(number) for number in re.findall(r"(?:(?<![\w)])-)?\d+(?:\.\d+)?", text)}
        found |= exact | {number + (0.5 if number >= 0 else -0.5) for number in exact}
    return found
