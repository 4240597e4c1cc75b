"""Opening the filters for what was heard; what they do is in swv6's own text functions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from plugins_builtin.words.options import (
    CorrectionsOptions,
    HallucinationsOptions,
    NumbersOptions,
    PunctuationOptions,
    TypographyOptions,
)
from swv6.plugins import MissingExtra, TranscriptFilter
from swv6.plugins.words import corrections, hallucinations, numbers, punctuation, typography, unchanged


@asynccontextmanager
async def open_hallucinations(options: HallucinationsOptions) -> AsyncIterator[TranscriptFilter]:
    """Open the guard."""
    yield hallucinations(options.no_speech, options.confidence, options.rate, options.slow)


@asynccontextmanager
async def open_corrections(options: CorrectionsOptions) -> AsyncIterator[TranscriptFilter]:
    """Read the vocabularies.

    Raises ProfileError naming each mistake with its file and line.
    """
    yield corrections(options.vocabulary, options.language, options.shipped, options.ignore_accents)


@asynccontextmanager
async def open_numbers(options: NumbersOptions) -> AsyncIterator[TranscriptFilter]:
    """Import text2num where words become figures.

    Raises MissingExtra without it.
    """
    if options.write == "digits":
        try:
            import text_to_num  # noqa: F401
        except ImportError as problem:
            raise MissingExtra("numbers: missing text_to_num", 'pip install "swv6[embedded]"') from problem
    yield numbers(options.write, options.language)


@asynccontextmanager
async def open_punctuation(options: PunctuationOptions) -> AsyncIterator[TranscriptFilter]:
    """Open what adds marks, to files only."""
    yield unchanged if options.live else punctuation(options.language)


@asynccontextmanager
async def open_typography(options: TypographyOptions) -> AsyncIterator[TranscriptFilter]:
    """Open what sets the text."""
    yield typography("" if options.live else options.language, plain=options.live)
