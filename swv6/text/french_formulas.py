"""What French says for formulas, and for minutes and seconds that are written with strokes."""

from __future__ import annotations

import re

from swv6.text.french_amounts import measured, number
from swv6.text.numbers import french_ordinal
from swv6.text.rules import Rule, figured, rule

_FUNCTIONS = {"sin": "sinus", "cos": "cosinus", "tan": "tangente", "ln": "logarithme", "log": "logarithme"}
_POWERS = {"2": " carré", "3": " cube"}


def _function(match: re.Match[str]) -> str:
    """Say "sinus carré de x"."""
    return f"{_FUNCTIONS[match[1]]}{_POWERS.get(match[2], '')} de {match[3]}"


def _strokes(match: re.Match[str]) -> str:
    """Say a time of sport: groups are hours, minutes, seconds, and what is left of them; all but seconds may lack."""
    parts = [measured(str(int(n)), unit) for n, unit in zip(match.groups()[:3], ("h", "min", "s"), strict=True) if n]
    return " ".join([*parts, *([number(match[4])] if match[4] else [])])


FORMULAS: list[Rule] = [
    rule(r"\b(sin|cos|tan|ln|log)(?:\^?([23]))? ?\(([a-zα-ω]|\d{1,9})\)", _function),
    rule(r"\b([fghP])(')? ?\(([a-zA-Z])\)", lambda m: f"{m[1]} {'prime ' if m[2] else ''}de {m[3]} "),
    rule(r"(?:(?<=\()|(?<== ))-(?=[a-z](?!\w))", "moins "),
    rule(r"\^-(?=[a-z(])", " puissance moins "),
    rule(r"(?<=[\w)])\^(?=[a-z(])", " puissance "),
    rule(r"\^-(?!\d)", " moins "),
    rule(
        r"(?<=\))/(?=\d|\(|[a-gik-rt-z](?!\w))|(?:(?<=π)|(?<=\^[23]))/(?=\d)|(?<![\w/.][a-z])(?<=[abcdknpqrxyz])/(?=\d{1,3}(?![\w/]))",
        " sur ",
    ),
    figured(r"(?<!\d )(?<![\d.,])(\d{1,9}(?:,\d{1,9})?) / (?=\d{1,9}(?:,\d{1,9})? ?=)", r"\1 divisé par "),
    # two spaces: "3x moins" with one is "trois fois moins"
    figured(r"(?<=\^[23]) - (?=[\w(])|(?<=\d[abcnxyz]) - (?=[\w(])|(?<![\w'][nxyz])(?<=[nxyz]) - (?=\d)", "  moins "),
    figured(r"(?<![\w.,'])(?:(\d{1,2}) ?h ?)?(\d{1,3})['′](\d\d)(?:″(\d{1,3})?)?(?![\w'′])", _strokes),
    figured(r"(?<![\w.,'′])()()(\d{1,2})″(\d\d)(?!\w)", _strokes),
    figured(r"(?<![\d:.,])()(\d{1,2}):([0-5]\d)[.,](\d{1,3})(?![\d:])", _strokes),
    figured(r"(?<=à la )(\d{1,3})['′](?!\w)", lambda m: f"{french_ordinal(int(m[1]))} minute"),
]
"""Read before abbreviations and figures."""
