"""What English says for formulas."""

from __future__ import annotations

import re

from swv6.text.rules import Rule, figured, rule

_FUNCTIONS = {"sin": "sine", "cos": "cosine", "tan": "tangent", "ln": "natural log", "log": "log"}
_POWERS = {"2": " squared", "3": " cubed"}


def _function(match: re.Match[str]) -> str:
    """Say "sine squared of x"."""
    return f"{_FUNCTIONS[match[1]]}{_POWERS.get(match[2], '')} of {match[3]}"


FORMULAS: list[Rule] = [
    rule(r"\b(sin|cos|tan|ln|log)(?:\^?([23]))? ?\(([a-zα-ω]|\d{1,9})\)", _function),
    rule(r"\b([fghP]) ?\(([a-zA-Z])\)", r"\1 of \2"),
    rule(r"(?:(?<=\()|(?<== ))-(?=[a-z](?!\w))", "minus "),
    rule(r"\^-(?=[a-z(])", " to the power of minus "),
    rule(r"(?<=[\w)])\^(?=[a-z(])", " to the power of "),
    rule(r"\^-(?!\d)", " minus "),
    rule(
        r"(?<=\))/(?=\d|\(|[a-z](?!\w))|(?<=π)/(?=\d)|(?<![\w/.][a-z])(?<=[abcdknpqrxyz])/(?=\d{1,3}(?![\w/]))",
        " over ",
    ),
    figured(r"(?<=\^[23]) - (?=[\w(])|(?<=\d[abcnxyz]) - (?=[\w(])|(?<![\w'][nxyz])(?<=[nxyz]) - (?=\d)", " minus "),
    # so that "5x" is no "five times"
    figured(r"(?<![\w.])(\d+)([abcnxyz])(?=\^| minus\b| ?[-+=<>≤≥](?!\w))", r"\1 \2"),
    figured(r"(?<=[-+=] )(\d+)x(?!\w)", r"\1 x"),
]
"""Read before abbreviations and figures."""
