"""What hears something in sound, piece by piece: speech, its end, a word."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Protocol

from swv6.types.sound import Audio

if TYPE_CHECKING:
    from swv6.types.sound import Samples


class VAD(Protocol):
    """Voice activity detection, one frame at a time, with a state."""

    rate: int
    """Hz that frames must have."""
    frame: int
    """Samples that each frame must have."""

    def __call__(self, frame: Samples, /) -> float:
        """Return the probability (0..1) that this frame is speech."""

    def reset(self) -> None:
        """Forget the frames so far."""


class TurnEnd(Protocol):
    """Whether somebody who pauses has finished, from how they sound."""

    def __call__(self, audio: Audio, /) -> Awaitable[float]:
        """Return the probability (0..1) that the turn so far (mono, 16 kHz, ending in the pause) is finished.

        Work that takes longer than a frame is done on a thread. Raises BackendError.
        """


class WakeWord(Protocol):
    """Hears the words that it was given, one frame at a time, with a state."""

    rate: int
    """Hz that frames must have."""
    frame: int
    """Samples that each frame must have."""
    words: tuple[str, ...]
    """What it listens for, as it is said."""

    def __call__(self, frame: Samples, /) -> str | None:
        """Return the word that ends in this frame, or None."""

    def reset(self) -> None:
        """Forget the frames so far."""
