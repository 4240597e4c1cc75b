"""What a profile may say about sapi."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options


class SapiOptions(Options):
    """Options of sapi."""

    language: str = "fr"
    """ISO 639-1 code: the first voice of this language speaks."""
    voice: str = ""
    """Part of a voice's name ("Hortense"); empty takes the first of the language."""
    speed: int = Field(default=0, ge=-10, le=10)
    """SAPI's own scale: 0 is normal, 10 about three times as fast."""
