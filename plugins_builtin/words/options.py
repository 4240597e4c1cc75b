"""What a profile may say about the filters for what was heard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from swv6.plugins import Options, Seconds

Probability = Annotated[float, Field(ge=0, le=1)]


class HallucinationsOptions(Options):
    """Options of hallucinations; the defaults were chosen on silence, noise, music and telephone tones."""

    no_speech: Probability = 0.45
    """Probability of no speech from which a segment is doubtful."""
    confidence: Probability = 0.35
    """Confidence under which a doubtful segment is dropped; twice that for phrases known from silence ("Merci.")."""
    rate: Annotated[float, Field(gt=0)] = 40.0
    """Characters a second that no voice reaches: a longer text is dropped."""
    slow: Annotated[Seconds, Field(gt=0)] = 8.0
    """Seconds from which a lone phrase known from silence is doubtful."""


class CorrectionsOptions(Options):
    """Options of corrections."""

    vocabulary: Path | None = None
    """A YAML file of terms and what they are heard as; the profile's `vocabulary` where it is not set."""
    shipped: bool = True
    """Apply the corrections that come with swv6 for the language too; yours win."""
    ignore_accents: bool = False
    """Take "gepete" for "gépété"."""
    language: str = ""
    """Used where the recogniser does not say which language it heard."""


class NumbersOptions(Options):
    """Options of numbers."""

    write: Literal["digits", "words", "heard"] = "heard"
    """As figures, in words, or as the recogniser wrote them."""
    language: str = ""
    """Used where the recogniser does not say which language it heard."""


class PunctuationOptions(Options):
    """Options of punctuation."""

    live: bool = True
    """True leaves turns of a conversation alone: a final mark would say that they are finished."""
    language: str = ""
    """Used where the recogniser does not say which language it heard."""


class TypographyOptions(Options):
    """Options of typography."""

    live: bool = True
    """True composes accents only: a language model reads plain spaces and apostrophes best."""
    language: str = ""
    """Used where the recogniser does not say which language it heard."""
