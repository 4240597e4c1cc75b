"""What a profile may say about espeak."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options


class EspeakOptions(Options):
    """Options of espeak."""

    language: str = "fr"
    """ISO 639-1 code, when `voice` is empty."""
    voice: str = ""
    """An espeak-ng voice: `fr`, `fr-be`, `en-us`, `mb-fr1`."""
    words_per_minute: int = Field(default=160, ge=80, le=450)
    pitch: int = Field(default=50, ge=0, le=99)
    volume: int = Field(default=100, ge=0, le=200)
    """Percent."""
