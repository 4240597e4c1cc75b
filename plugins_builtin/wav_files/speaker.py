"""Play into a WAV file, at the speed of sound or at once."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import numpy as np

from swv6.plugins import Audio, Fader, Speaker, WavWriter

if TYPE_CHECKING:
    from plugins_builtin.wav_files.options import WavSpeaker

_FULL = 5.0
"""Seconds queued above which `play` waits."""
_POLL = 0.02
"""Seconds between two looks at the queue while waiting."""


@asynccontextmanager
async def open(options: WavSpeaker) -> AsyncIterator[Speaker]:
    """Begin the file, and complete it however the conversation ends; raises AudioError.

    Nothing played leaves no file, and an older one as it was.
    """
    writer = WavWriter(options.file, options.rate)
    speaker = Tape(writer, real_time=options.real_time, gap=options.gap)
    try:
        yield speaker
    finally:
        (writer.close if speaker.played else writer.discard)()


class Tape:
    """A loudspeaker whose sound lands in a file as time passes; what `stop` drops never does.

    Nothing runs in the background: each call first writes what has been played since the call before.
    """

    def __init__(self, writer: WavWriter, *, real_time: bool, gap: float | None) -> None:
        self._writer = writer
        self._real_time = real_time
        self._gap = gap
        self._queue: deque[Audio] = deque()
        self._settled = time.monotonic()
        self._played = 0.0
        self._reply_ended = False
        self._paused = False
        self._fader = Fader()
        self.tap: Callable[[Audio], None] | None = None

    @property
    def played(self) -> float:
        """Seconds of sound played, silence and dropped sound not counted."""
        self.settle()
        return self._played

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`, then wait while more than five seconds are queued."""
        self.queue(audio)
        await self._until(_FULL)

    def queue(self, audio: Audio) -> None:
        """Put `audio` behind what waits already."""
        self.settle()
        if self._reply_ended and self._played and self._gap:
            self._silence(self._gap)
        self._reply_ended = False
        if len(audio.samples):
            self._queue.append(audio)

    async def drain(self) -> None:
        """Wait until everything queued has been played."""
        await self._until(0.0)
        self._reply_ended = True

    def stop(self) -> None:
        """Keep what has been played so far, forget the rest."""
        self.settle()
        self._queue.clear()
        self._reply_ended, self._paused = True, False
        self._fader = Fader()

    def pause(self) -> None:
        """Keep what has not been played for `resume`."""
        self.settle()
        self._paused = True

    def resume(self) -> None:
        """Play on."""
        self.settle()
        self._paused = False

    def duck(self, gain: float, /) -> None:
        """Change how loud what comes next is."""
        self.settle()
        self._fader.goal = gain

    def cue(self, audio: Audio, /, under: float) -> None:
        """Leave it out: nobody waits for a file."""

    def settle(self) -> None:
        """Write what has been played by now."""
        now = time.monotonic()
        due = now - self._settled if self._real_time else math.inf
        if not self._paused:
            due = self._sound(due)
        if self._queue and not self._paused:
            self._settled = now - due
            return
        self._settled = now
        if self._real_time and self._gap is None and self._played:
            self._silence(due)

    def _sound(self, due: float) -> float:
        """Write `due` seconds of the queue; return what is left of them."""
        while self._queue and self._queue[0].seconds <= due:
            due -= self._write(self._queue.popleft())
        if self._queue:
            part, self._queue[0] = _split(self._queue[0], due)
            due -= self._write(part)
        return due

    def _write(self, audio: Audio) -> float:
        audio = replace(audio, samples=self._fader(audio.samples, audio.rate))
        self._writer.append(audio)
        self._played += audio.seconds
        if self.tap is not None and len(audio.samples):
            self.tap(audio)
        return audio.seconds

    def _silence(self, seconds: float) -> None:
        rate = self._writer.rate
        self._writer.append(Audio(np.zeros(round(seconds * rate), np.float32), rate))

    async def _until(self, seconds: float) -> None:
        self.settle()
        while (left := sum(audio.seconds for audio in self._queue)) > seconds:
            await anyio.sleep(min(left - seconds, _POLL))
            self.settle()
        await anyio.lowlevel.checkpoint()


def _split(audio: Audio, seconds: float) -> tuple[Audio, Audio]:
    count = int(seconds * audio.rate)
    return Audio(audio.samples[:count], audio.rate), Audio(audio.samples[count:], audio.rate)
