"""A loudspeaker that is listened to: when is its first audible sample due, and does it run dry?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import anyio

from swv6.bench.ends import first_audible
from swv6.types import Audio, Speaker

POLL = 0.003
"""Seconds between two looks at what has been played: what a measurement may be late, and no load."""


@dataclass(slots=True)
class Ear:
    """Plays through `speaker` and knows when each second of what it was given is heard."""

    speaker: Speaker
    clock: Callable[[], float] = monotonic
    sound: Audio | None = None
    """The first sound that can be heard."""
    stalls: float = 0.0
    """Seconds for which an answer under way had nothing to play."""
    _first: float = 0.0
    """Where its first audible sample is, in what `speaker.played` counts."""
    _given: float = 0.0
    """What `speaker.played` will be when everything given has been played."""
    _dry: float = 0.0
    """When everything given will have been played; 0 when nothing has been given yet."""
    _found: anyio.Event = field(default_factory=anyio.Event)

    def arm(self) -> None:
        """Wait for the first audible sample anew; call it while nothing plays."""
        self.sound, self.stalls, self._dry, self._found = None, 0.0, 0.0, anyio.Event()
        self._given = self.speaker.played

    @property
    def played(self) -> float:
        """What the loudspeaker says."""
        return self.speaker.played

    async def play(self, audio: Audio, /) -> None:
        """Note the first sound that can be heard, then play."""
        now = self.clock()
        self.stalls += max(0.0, now - self._dry) if self._dry else 0.0
        self._dry = max(self._dry, now) + audio.seconds
        if self.sound is None and (at := first_audible(audio.samples)) is not None:
            self.sound, self._first = audio, self._given + at / audio.rate
            self._found.set()
        self._given += audio.seconds
        await self.speaker.play(audio)

    async def drain(self) -> None:
        """Wait until everything has been played."""
        await self.speaker.drain()

    def stop(self) -> None:
        """Fall silent."""
        self.speaker.stop()

    def pause(self) -> None:
        """Fall silent for a while."""
        self.speaker.pause()

    def resume(self) -> None:
        """Play on."""
        self.speaker.resume()

    def duck(self, gain: float, /) -> None:
        """Change how loud it is."""
        self.speaker.duck(gain)

    def cue(self, audio: Audio, /, under: float) -> None:
        """Mix a short sound in."""
        self.speaker.cue(audio, under)

    @property
    def tap(self) -> Callable[[Audio], None] | None:
        """Who hears what is played."""
        return self.speaker.tap

    @tap.setter
    def tap(self, tap: Callable[[Audio], None] | None) -> None:
        self.speaker.tap = tap

    async def heard(self) -> float:
        """Wait for the first audible sample to leave the loudspeaker; return when it did, on the monotonic clock."""
        await self._found.wait()
        return await self.passed(self._first)

    async def passed(self, position: float) -> float:
        """Wait until `speaker.played` passes `position`; return when it did."""
        while (over := self.speaker.played - position) < 0:  # noqa: ASYNC110 (a loudspeaker tells nobody)
            await anyio.sleep(POLL)
        return self.clock() - over
