"""What a profile can set."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options, Seconds


class Nothing(Options):
    """Nothing to set."""


class Keying(Options):
    """How fast the code is keyed."""

    words_per_minute: float = Field(default=20, ge=5, le=60)


class Voice(Keying):
    """What the code sounds like."""

    pitch: float = Field(default=600, ge=100, le=3000)
    """Hz."""


class Ear(Options):
    """When a tone counts."""

    level: float = Field(default=0.02, gt=0, le=1)
    """Root mean square of a frame from which it is a tone: -34 dB of full scale."""
    hold: Seconds = 0.5
    """A tone counts on for this long: the pause between two words at 20 words a minute is 0.42 s."""
