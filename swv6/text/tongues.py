"""Which language a clause is written in, told by its small words."""

from __future__ import annotations

import re

from swv6.text.rules import words_of

_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ACCENTS = re.compile(r"[àâçèéêëîïôùûœ]|\b[ldnsjmtcq]u?'")
"""Letters and elisions of French."""


class Tongues:
    """Guesses the language of one clause after the other; in doubt it stays with the last one.

    `languages` are ISO 639-1 codes, the first one where it begins.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._last = languages[0]

    def __call__(self, text: str) -> str:
        """Give the language of a clause."""
        scores = {language: _score(text, language) for language in self._languages}
        best = max(scores, key=lambda language: (scores[language], language == self._last))
        self._last = best if scores[best] > scores[self._last] else self._last
        return self._last


def _score(text: str, language: str) -> int:
    small = text.lower().replace("’", "'")
    known = words_of("tongues.txt").get(language, frozenset())
    own = sum(word in known for word in _WORDS.findall(small))
    return own + (len(_ACCENTS.findall(small)) if language == "fr" else 0)


class Said(str):
    """Words to be said, and the language they are in."""

    __slots__ = ("language",)

    def __new__(cls, words: str, language: str) -> Said:
        """Mark words with a language."""
        said = super().__new__(cls, words)
        said.language = language
        return said

    language: str


def language_of(words: str, otherwise: str) -> str:
    """Give the language that words were marked with."""
    return words.language if isinstance(words, Said) else otherwise
