"""Word and character error rates of whole texts, counted by jiwer on what would be said."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from swv6.errors import MissingExtra
from swv6.text.alignment import words


@dataclass(frozen=True, slots=True)
class Errors:
    """How far what was heard is from what was said."""

    words: int = 0
    """Words that were said."""
    word_errors: int = 0
    """Words wrong, missed or added."""
    characters: int = 0
    character_errors: int = 0

    @property
    def wer(self) -> float:
        """Word error rate; above 1 when much was added."""
        return self.word_errors / self.words if self.words else float(self.word_errors > 0)

    @property
    def cer(self) -> float:
        """Character error rate."""
        return self.character_errors / self.characters if self.characters else float(self.character_errors > 0)

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.words + other.words,
            self.word_errors + other.word_errors,
            self.characters + other.characters,
            self.character_errors + other.character_errors,
        )


def errors(said: str, heard: str, language: str) -> Errors:
    """Count errors; on both sides numbers are words, case, punctuation, apostrophes and ligatures count for nothing.

    Raises MissingExtra.
    """
    reference, hypothesis = (" ".join(words(text, language)) for text in (said, heard))
    if not reference:  # jiwer refuses what cannot be divided by; all that was heard was added
        return Errors(0, len(hypothesis.split()), 0, len(hypothesis))
    jiwer = _jiwer()
    found, letters = jiwer.process_words(reference, hypothesis), jiwer.process_characters(reference, hypothesis)
    return Errors(
        found.hits + found.substitutions + found.deletions,
        found.substitutions + found.deletions + found.insertions,
        letters.hits + letters.substitutions + letters.deletions,
        letters.substitutions + letters.deletions + letters.insertions,
    )


def _jiwer() -> Any:
    try:
        return import_module("jiwer")
    except ImportError as error:
        what = "counting word errors needs jiwer, which is not installed"
        raise MissingExtra(what, 'pip install "swv6[embedded]"') from error
