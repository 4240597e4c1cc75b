"""The letters that Morse code knows, and a filter that leaves only those."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from swv6.plugins import TextFilter
    from swv6_example.options import Nothing

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_CODES = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
)
CODE = dict(zip(_LETTERS, _CODES.split(), strict=True))
"""Letter -> dots and dashes (ITU-R M.1677-1)."""
LETTER = {code: letter for letter, code in CODE.items()}


def seconds_per_unit(words_per_minute: float) -> float:
    """Give the length of a dot: the word PARIS lasts 50 units (ITU-R M.1677-1)."""
    return 60 / (50 * words_per_minute)


def words(text: str) -> list[str]:
    """Give the words of a text in the letters of Morse code: accents go, other signs separate."""
    bare = "".join(sign for sign in normalize("NFKD", text).upper() if not "\u0300" <= sign <= "\u036f")
    return "".join(sign if sign in CODE else " " for sign in bare).split()


def plain(text: str) -> str:
    """Give the text as Morse code can say it."""
    return " ".join(words(text))


@asynccontextmanager
async def open_filter(options: Nothing) -> AsyncIterator[TextFilter]:
    """Give the filter."""
    yield plain
