"""Filters for what was heard, each counting in `post` what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from swv6.text.edits import edited
from swv6.text.figures import Writing, written
from swv6.text.hallucination import Bounds, guarded
from swv6.text.punctuation import punctuated
from swv6.text.transcript import phrases
from swv6.text.typography import composed, typographic
from swv6.text.vocabulary import Vocabulary, merged, shipped
from swv6.text.vocabulary import expected as expected
from swv6.types import Transcript, TranscriptFilter


def hallucinations(no_speech: float, confidence: float, rate: float, slow: float) -> TranscriptFilter:
    """Drop what nobody said; `rate` in characters a second, `slow` in seconds, the others 0..1."""
    phrases()  # read now
    return partial(guarded, bounds=Bounds(no_speech, confidence, rate, slow=slow))


def corrections(path: Path | None, language: str, defaults: bool, ignore_accents: bool) -> TranscriptFilter:
    """Write the terms of the vocabulary at `path`, and of the shipped ones, as they are written.

    Raises ProfileError naming each mistake with its file and line.
    """
    own = vocabulary(path, ignore_accents) if path else Vocabulary(())

    @cache
    def known(code: str) -> Vocabulary:
        return merged(own, shipped(code) if defaults else Vocabulary(()), ignore_accents=ignore_accents)

    def correct(transcript: Transcript, /) -> Transcript:
        said, count = edited(transcript, known(transcript.language or language).edits)
        return _counted(said, "corrections", {"changed": count})

    known(language)  # files are read while opening, not while somebody waits for an answer
    return correct


def vocabulary(path: Path, ignore_accents: bool = False) -> Vocabulary:
    """Read a vocabulary.

    Raises ProfileError naming each mistake with its file and line.
    """
    from swv6.text.vocabulary_file import read

    return read(path, ignore_accents)


def numbers(writing: Writing, language: str) -> TranscriptFilter:
    """Write numbers as figures or in words."""

    def write(transcript: Transcript, /) -> Transcript:
        said, count = written(transcript, transcript.language or language, writing)
        return _counted(said, "numbers", {"changed": count})

    return write


def punctuation(language: str) -> TranscriptFilter:
    """Add capitals and final marks to finished transcripts that have none."""

    def punctuate(transcript: Transcript, /) -> Transcript:
        if not transcript.final:
            return transcript
        said, count = punctuated(transcript, transcript.language or language)
        return _counted(said, "punctuation", {"sentences": count})

    return punctuate


def typography(language: str, plain: bool = False) -> TranscriptFilter:
    """Set a text as its language does; `plain` composes accents only."""

    def set_type(transcript: Transcript, /) -> Transcript:
        said, accents = edited(transcript, composed)
        if plain:
            return _counted(said, "typography", {"changed": accents})
        code = transcript.language or language
        said, signs = edited(said, lambda text: typographic(text, code))
        return _counted(said, "typography", {"changed": accents + signs})

    return set_type


def unchanged(transcript: Transcript, /) -> Transcript:
    """Leave a transcript alone."""
    return transcript


def _counted(transcript: Transcript, name: str, done: Mapping[str, int]) -> Transcript:
    return replace(transcript, post={**transcript.post, name: done})
