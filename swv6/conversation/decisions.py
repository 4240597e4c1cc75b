"""What is decided about a turn, in the order in which it may happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from swv6.types import Audio


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody began to speak."""

    at: float
    """Seconds on the microphone's clock: the first speech frame."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The turn may have ended: it did unless it is resumed."""

    audio: Audio
    """The turn so far, with its pre-roll, at the detector's rate."""
    said: float
    """Seconds of it of which a transcript holds all that was said."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The turn goes on after a pause."""


@dataclass(frozen=True, slots=True)
class Insisted:
    """The turn has held `insist` seconds of speech."""

    audio: Audio
    """The turn so far."""


@dataclass(frozen=True, slots=True)
class Grew:
    """The turn has held more speech, and is in a dip or had none for `partial` seconds."""

    audio: Audio
    """The turn so far."""
    dip: bool
    """It is silent, for one frame until now: this may be its end."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody stopped speaking."""

    audio: Audio
    """The turn with its pre-roll, at the detector's rate."""
    speech_end: float
    """Seconds on the microphone's clock: the end of the last speech frame."""
    decided: float
    """Seconds on the microphone's clock: when it was decided that the turn had ended."""


TurnEvent: TypeAlias = Began | Paused | Resumed | Insisted | Grew | Ended
