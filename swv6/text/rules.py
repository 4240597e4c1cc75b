"""What the ways of reading in all languages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import TypeAlias

Rule: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]
"""A pattern and what is said for it."""

NUMBER = r"(?<![\d.,])\d+(?:[.,]\d+)?(?![\d]|[.,]\d)"
"""A whole or decimal number; thousands have been joined before."""

_URL = re.compile(r"(?<![\w/.@-])(?:https?://(?:www\.)?|www\.)([^\s<>()]{1,2000})")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})")
_DOMAIN = re.compile(
    r"(?<![\w.@-])((?:[a-zA-Z][\w-]{0,63}\.){1,4}(?:com|org|net|fr|io|eu|uk|dev|ai|be|ch|ca|de))(?![\w-])"
)

_OTHER = re.compile(r"[\W_]+")


def rule(pattern: str, said: Callable[[re.Match[str]], str] | str) -> Rule:
    """Compile a rule."""
    return re.compile(pattern), said


def applied(rules: Iterable[Rule], text: str) -> str:
    """Apply rules in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def table(name: str) -> dict[str, str]:
    """Read a data file: on each line a sign, a space and what is said for it."""
    lines = files("swv6.text").joinpath(name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {sign: said for sign, _, said in pairs}


def addresses(signs: dict[str, str]) -> list[Rule]:
    """Read web and mail addresses aloud; `signs` are the words for what stands between their words."""
    between = re.compile("|".join(map(re.escape, signs)))

    def spelled(match: re.Match[str]) -> str:
        address = match[1].rstrip(".,;:!?'*/")
        tail = match[1][len(address) :].replace("/", "")
        said = between.sub(lambda sign: f" {signs[sign[0]]} ", address)
        return f" {_OTHER.sub(' ', said).strip()}{tail} "

    return [(_URL, spelled), (_MAIL, spelled), (_DOMAIN, spelled)]
