"""What a plugin says of the voices that need no weights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice."""

    name: str
    """What the option `voice` takes."""
    languages: tuple[str, ...]
    """ISO 639-1 codes, with a region where it matters (`fr-be`)."""
    license: str
    rate: int
    """Hz."""
    summary: str = ""
