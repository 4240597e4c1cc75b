"""What a model writes -> what a person would say."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module

from swv6.text.fences import Code, without_code
from swv6.text.markup import plain, tidy

LANGUAGES = ("fr", "en")
"""Those whose numbers, units and abbreviations are written out; in others only markup and emoji go."""

PASSES = 6
"""Ordinary text settles in two."""

_LEFT = re.compile(r"[/_^~#<>|\\″]+")


def spoken(text: str, language: str) -> str:
    """Write `text` as it is said in `language` (ISO 639-1); an empty text when there is nothing to say.

    Of a block of code it is said that there is one. Saying it twice changes nothing; the work grows with the length of
    the text.
    """
    read = without_code(text, language)
    said = _settled(read, language)
    if not _speakable(said) and _speakable(text) and not isinstance(text, Code):
        # all of it looked like markup (a lone code fence): say the words then
        said = _settled(re.sub(r"[\W_]+", " ", text), language)
    return said if _speakable(said) else ""


def _settled(text: str, language: str) -> str:
    """Read until reading again changes nothing: what one sign leaves behind may look like another one's beginning."""
    for _ in range(PASSES):
        before, text = text, tidy(_LEFT.sub(" ", _reader(language[:2].lower())(plain(text))))
        if text == before:
            break
    return text


def _speakable(text: str) -> bool:
    return any(map(str.isalnum, text))


@cache
def _reader(language: str) -> Callable[[str], str]:
    if language not in LANGUAGES:
        return str
    read: Callable[[str], str] = import_module({"fr": "swv6.text.french", "en": "swv6.text.english"}[language]).read
    return read
