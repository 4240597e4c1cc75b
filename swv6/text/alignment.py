"""Which words of a text were heard: word accuracy and word error rate."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from swv6.errors import MissingExtra
from swv6.text.spoken import spoken

Fate: TypeAlias = Literal["heard", "wrong", "missed", "added"]

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'"})
_WORD = re.compile(r"[^\W_]+'?")


@dataclass(frozen=True, slots=True)
class Pair:
    """A word that was to be said and what was heard in its place."""

    fate: Fate
    said: str = ""
    """Empty when a word was heard that nobody said."""
    heard: str = ""
    """Empty when the word was missed."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every word of both texts, in order."""

    pairs: tuple[Pair, ...]

    def count(self, fate: Fate) -> int:
        return sum(pair.fate == fate for pair in self.pairs)

    @property
    def words(self) -> int:
        """Words that were to be said."""
        return len(self.pairs) - self.count("added")

    @property
    def wer(self) -> float:
        """Word error rate: (wrong + missed + added) / words; above 1 when much was added."""
        return (len(self.pairs) - self.count("heard")) / self.words if self.words else 0.0

    @property
    def accuracy(self) -> float:
        """Share (0..1) of the words that were heard right."""
        return self.count("heard") / self.words if self.words else 0.0


def words(text: str, language: str) -> list[str]:
    """Give the words of a text as they are said: numbers written out, case, punctuation and ligatures aside."""
    said = unicodedata.normalize("NFKC", spoken(text, language)).casefold().translate(_LIGATURES)
    return _WORD.findall(said)


def align(said: str, heard: str, language: str) -> Alignment:
    """Lay what was heard beside what was said, with the fewest errors; raises MissingExtra."""
    reference, hypothesis = words(said, language), words(heard, language)
    pairs = list[Pair]()
    for edit in _levenshtein().opcodes(reference, hypothesis):
        expected, got = reference[edit.src_start : edit.src_end], hypothesis[edit.dest_start : edit.dest_end]
        match edit.tag:
            case "equal":
                pairs += [Pair("heard", *both) for both in zip(expected, got, strict=True)]
            case "replace":
                pairs += [Pair("wrong", *both) for both in zip(expected, got, strict=True)]
            case "delete":
                pairs += [Pair("missed", word) for word in expected]
            case _:
                pairs += [Pair("added", "", word) for word in got]
    return Alignment(tuple(pairs))


def _levenshtein() -> Any:
    try:
        from rapidfuzz.distance import Levenshtein
    except ImportError as error:
        raise MissingExtra(
            "comparing words needs rapidfuzz, which is not installed", 'pip install "swv6[embedded]"'
        ) from error
    return Levenshtein
