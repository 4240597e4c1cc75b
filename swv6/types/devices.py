"""Where sound comes from, where it goes to, and what keeps the two apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

from swv6.types.sound import Audio

if TYPE_CHECKING:
    from swv6.types.sound import Samples


class Microphone(Protocol):
    """A source of sound."""

    live: bool
    """True when time passes whether anyone listens or not; False for a recording, which waits for its listener."""

    def frames(self) -> AsyncIterator[Audio]:
        """Stream short blocks of sound, in order, until the source ends."""


class Speaker(Protocol):
    """A sink for sound that plays what it is given, in order, without gaps."""

    tap: Callable[[Audio], None] | None
    """Hears exactly what is played, as it is handed to the device: on the event loop's thread, in order, mono, at the
    device's rate; silence included where the device makes some."""

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`; wait only while the queue is full."""

    async def drain(self) -> None:
        """Wait until everything queued has been played."""

    def stop(self) -> None:
        """Fall silent at once, forget the queue, a pause, ducking and cues. Idempotent; playing afterwards works."""

    def pause(self) -> None:
        """Fall silent at once and lose nothing: `play` queues, `drain` waits. Idempotent."""

    def resume(self) -> None:
        """Play on where it paused. Idempotent."""

    def duck(self, gain: float, /) -> None:
        """Play at `gain` (0..1) times its level from now on, by a ramp that does not click; 1 ends it. Idempotent."""

    def cue(self, audio: Audio, /, under: float) -> None:
        """Mix a short sound in at once, paused or not; what is played meanwhile is `under` (0..1) times as loud.

        `played` and `drain` know nothing of it. A sink that nobody listens to, such as a file, may leave it out.
        """

    @property
    def played(self) -> float:
        """Seconds of sound actually played since it was opened (sound dropped by `stop` not counted, nor cues)."""


class EchoCanceller(Protocol):
    """Takes out of a microphone's sound what the loudspeaker plays, 10 ms at a time."""

    rate: int
    """Hz that both sounds must have."""
    frame: int
    """Samples that each frame must have: 10 ms."""

    def played(self, frame: Samples, /) -> None:
        """Take in a frame that the loudspeaker was given; called before its echo is heard."""

    def clean(self, frame: Samples, /) -> Samples:
        """Return a frame that the microphone heard, without the echo; the frame itself is left alone."""
