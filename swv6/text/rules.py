"""What the ways of reading in all languages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

Said: TypeAlias = Callable[[re.Match[str]], str] | str
"""What is said for a match."""
_FIGURE = re.compile(r"\d")


class Figured:
    """A pattern that needs a figure: it is compiled for the first text that has one, and most clauses have none."""

    __slots__ = ("_compiled", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def sub(self, said: Said, text: str) -> str:
        """Do what `re.Pattern.sub` does."""
        if _FIGURE.search(text) is None:
            return text
        self._compiled = self._compiled or re.compile(self._pattern)
        return self._compiled.sub(said, text)


Rule: TypeAlias = tuple[re.Pattern[str] | Figured, Said]
"""A pattern and what is said for it."""

NUMBER = r"(?<![\d.,])\d+(?:[.,]\d+)?(?![\d]|[.,]\d)"
"""A whole or decimal number; thousands have been joined before."""

_URL = re.compile(r"(?<![\w/.@-])(?:(?:https?|ftp)://(?:www\.)?|www\.)([^\s<>()]{1,2000})")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})")
_DOMAIN = re.compile(
    r"(?<![\w.@-])((?:[a-zA-Z][\w-]{0,63}\.){1,4}(?:com|org|net|fr|io|eu|uk|dev|ai|be|ch|ca|de)(?:/[\w./-]{0,200})?)"
    r"(?![\w-])"
)
_PATH = re.compile(r"(?<![\w/.:])((?:~|\.{1,2}|[A-Z]:)?(?:/[\w.-]{1,64}){2,20}/?|(?:~|\.)/[\w.-]{1,64})(?![\w/])")
_FILE = re.compile(
    r"(?<![\w.@-])([\w-]{1,64}\.(?:py|js|ts|txt|md|csv|json|ya?ml|toml|html?|css|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|"
    r"wav|mp3|mp4|ogg|zip|gz|sh|exe|cfg|ini|log|gguf|onnx))(?![\w-]|\.\w)"
)

CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_+")
"""Where the words of a name without spaces meet."""
_OTHER = re.compile(r"[\W_]+")
_QUESTION = re.compile(r"(?<=.)[?#]")
"""What follows it in an address is for machines."""


def rule(pattern: str, said: Said) -> Rule:
    """Compile a rule."""
    return re.compile(pattern), said


def figured(pattern: str, said: Said) -> Rule:
    """Give a rule that matches nothing without a figure."""
    return Figured(pattern), said


def applied(rules: Iterable[Rule], text: str) -> str:
    """Apply rules in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def table(name: str) -> dict[str, str]:
    """Read a data file: on each line a sign, a space and what is said for it."""
    pairs = (line.partition(" ") for line in _lines(name))
    return {sign: said for sign, _, said in pairs}


@cache
def words_of(name: str) -> dict[str, frozenset[str]]:
    """Read a data file of words under [headings]."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        found.setdefault(heading, []).extend(() if line.startswith("[") else line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


def _lines(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def either(words: Iterable[str]) -> str:
    """Give a pattern for any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def respelt(words: dict[str, str]) -> Rule:
    """Write words as the voice must see them to say them well; `words` are in small letters."""
    return re.compile(rf"(?<![\w-])(?:{either(words)})(?![\w-])", re.I), lambda m: words[m[0].lower()]


def _undotted(match: re.Match[str]) -> str:
    ends = not match.string[match.end() :].strip(" )\"'»”")
    return match[1].replace(".", "") + "." * (ends and match[1].endswith("."))


DOTTED: Rule = (re.compile(r"(?<![\w.-])((?:[A-ZÀ-Þ]\.){1,10}[A-ZÀ-Þ]\.?)(?![\w-])"), _undotted)
"""Writes "U.S.A." as voices know it, "USA"; at the end of a text its last full stop is the sentence's too."""


def signs(said: dict[str, str]) -> list[Rule]:
    """Say each sign as words of their own."""
    return [rule(rf" ?{re.escape(sign)} ?", f" {word} ") for sign, word in said.items()]


def addresses(signs: dict[str, str]) -> list[Rule]:
    """Read web and mail addresses, paths and file names aloud; `signs` are the words for what stands between words."""
    between = re.compile("|".join(map(re.escape, signs)))

    def spelled(match: re.Match[str]) -> str:
        address = match[1].rstrip(".,;:!?'*/")
        tail = match[1][len(address) :].replace("/", "")
        address = _QUESTION.split(address, maxsplit=1)[0].rstrip("/")
        said = between.sub(lambda sign: f" {signs[sign[0]]} ", address)
        return f" {_OTHER.sub(' ', said).strip()}{tail} "

    return [(pattern, spelled) for pattern in (_URL, _MAIL, _DOMAIN, _PATH, _FILE)]
