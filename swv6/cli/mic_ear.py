"""The microphone of a check: frames with the detector's opinion, and what was lost on the way."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.check import Frame
from swv6.audio.levels import peak
from swv6.stages.streams import owned

if TYPE_CHECKING:
    from swv6.cli.mic_meter import Meter
    from swv6.types import VAD, Microphone, Samples

_ROUNDING = 1e-3
"""Seconds between two blocks that are a rounding of their clock, not a gap."""


class Ear:
    """Listens to one microphone and keeps what it heard.

    A microphone that is late delivers bursts; the sound's own clock is kept, and tied to this process's clock by the
    promptest block so far.
    """

    def __init__(self, microphone: Microphone, vad: VAD, meter: Meter, threshold: float) -> None:
        self.rate = vad.rate
        self.kept: list[Frame] = []
        self.lost = 0.0
        """Seconds of sound that never arrived."""
        self.probability = 0.0
        """Of speech in the last frame."""
        self._microphone, self._vad, self._meter, self._threshold = microphone, vad, meter, threshold
        self._offset = float("inf")
        self._frames = self._listen()

    @property
    def now(self) -> float:
        """Seconds of sound heard."""
        return len(self.kept) * self._vad.frame / self.rate

    def moment(self, at: float) -> float:
        """Give the time (perf_counter, seconds) at which a place in the sound was there to be heard."""
        return self._offset + at

    def samples(self, start: float) -> Samples:
        """Give what was heard since `start` seconds, float32 mono (n,)."""
        first = max(0, int(start * self.rate / self._vad.frame))
        return np.concatenate([np.empty(0, np.float32), *(frame.samples for frame in self.kept[first:])])

    async def frames(self, seconds: float = float("inf")) -> AsyncIterator[Frame]:
        """Stream frames, for so many seconds of sound or to the end of a recording; the next call goes on."""
        until = self.now + seconds
        while self.now < until and (frame := await anext(self._frames, None)) is not None:
            yield frame

    async def aclose(self) -> None:
        """Let go of the microphone."""
        await self._frames.aclose()

    async def _listen(self) -> AsyncGenerator[Frame, None]:
        rest, expected = np.empty(0, np.float32), None
        async with owned(self._microphone.frames()) as blocks:
            async for block in blocks:
                expected = block.start if expected is None else expected
                self.lost += gap if (gap := block.start - expected) > _ROUNDING else 0.0
                expected = block.start + block.seconds
                rest = np.concatenate([rest, block.samples])
                while len(rest) >= self._vad.frame:
                    yield self._take(rest[: self._vad.frame])
                    rest = rest[self._vad.frame :]

    def _take(self, samples: Samples) -> Frame:
        self.probability = self._vad(samples)
        frame = Frame(samples, self.probability >= self._threshold, self.now)
        self.kept.append(frame)
        self._offset = min(self._offset, time.perf_counter() - self.now)
        self._meter.level(peak(samples), frame.speech)
        return frame
