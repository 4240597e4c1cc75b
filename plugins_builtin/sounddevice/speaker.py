"""Play through PortAudio: one long-lived stream, gapless, silent at once when stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from plugins_builtin.sounddevice.portaudio import CLOSE_LIMIT, Owner, find, load, open_first, owner
from plugins_builtin.sounddevice.select import Wanted
from swv6.plugins import Audio, DeviceError, Resampler, Speaker

if TYPE_CHECKING:
    from plugins_builtin.sounddevice.options import SpeakerOptions
    from swv6.plugins import Samples

_FULL = 5.0
"""Seconds queued above which `play` waits."""
_POLL = 0.01
"""Seconds between two looks at the queue while waiting."""
_SILENT = 1.0
"""Seconds without a callback after which the device counts as gone."""
_SLOW_START = 3.0
"""Seconds that the first callback may take."""


@asynccontextmanager
async def open(options: SpeakerOptions) -> AsyncIterator[Speaker]:
    """Open and start the device; raises DeviceError and MissingExtra."""
    thread = owner()
    player = Player(thread)
    await thread.call(lambda: player.open(options))
    try:
        yield player
    finally:
        with suppress(DeviceError):  # a frozen sound server is left behind
            await thread.call(player.stream.close, CLOSE_LIMIT)


class Player:
    """A loudspeaker whose callback drains a queue and pads with silence."""

    def __init__(self, thread: Owner) -> None:
        self.stream: Any = None
        self._name = ""
        self._thread = thread
        self._resampler: Resampler | None = None
        self._lock = Lock()
        self._queue: deque[Samples] = deque()
        self._queued = 0
        self._handed = 0
        self._known = 0
        self._quiet = 0
        self._muted = False
        self._alive_until = 0.0

    def open(self, options: SpeakerOptions) -> None:
        """Open the stream at the wanted rate or the device's own, and start it (on the PortAudio thread)."""
        sd = load()
        wanted = Wanted("output", options.device, options.host_api)
        device = find(sd, wanted)
        self._name = device["name"]

        def make(rate: int, channels: int) -> Any:
            return sd.OutputStream(rate, 0, device["index"], channels, "float32", options.latency, callback=self._give)

        rates = (options.rate, int(device["default_samplerate"]), 48000, 44100)
        self.stream = open_first(sd, wanted, device, rates, make)
        self._start()

    @property
    def played(self) -> float:
        """Seconds of sound that left the device, as far as its latency tells."""
        with self._lock:
            return self._heard() / float(self.stream.samplerate)

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`, then wait while more than five seconds are queued; raises DeviceError."""
        rate = int(self.stream.samplerate)
        if self._resampler is None or self._resampler.from_rate != audio.rate:
            self._flush()
            self._resampler = Resampler(audio.rate, rate, "MQ")
        self._append(self._resampler.feed(audio.samples))
        await self._until(lambda: self._queued <= _FULL * rate)

    async def drain(self) -> None:
        """Wait until everything queued has left the device; raises DeviceError."""
        self._flush()
        await self._until(lambda: not self._queued and self._heard() >= self._handed)

    def stop(self) -> None:
        """Forget the queue and throw away what is in the device's buffer."""
        with self._lock:
            self._queue.clear()
            self._queued = 0
            heard = self._heard()
            restart = self._handed > heard and not self._muted
            self._handed = self._known = heard
            self._muted = self._muted or restart
        if self._resampler is not None:
            self._resampler.clear()
        if restart:
            self._thread.post(self._restart)

    @property
    def _buffer(self) -> int:
        """Samples between the callback and the ear."""
        return int(self.stream.latency * self.stream.samplerate)

    def _heard(self) -> int:
        """Count the samples that left the buffer; never fewer than were known to have left it before."""
        return max(self._known, self._handed - max(0, self._buffer - self._quiet))

    def _start(self) -> None:
        self._alive_until = time.monotonic() + _SLOW_START
        self.stream.start()

    def _restart(self) -> None:
        """Abort: writing zeros instead would let the buffer sound for another 50 to 200 ms."""
        self.stream.abort()
        self._start()
        with self._lock:
            self._quiet = self._buffer
            self._muted = False

    def _flush(self) -> None:
        if self._resampler is not None:
            self._append(self._resampler.flush())

    def _append(self, samples: Samples) -> None:
        with self._lock:
            if len(samples):
                self._queue.append(samples)
                self._queued += len(samples)

    async def _until(self, done: Callable[[], bool]) -> None:
        await anyio.lowlevel.checkpoint()
        while not done():
            if time.monotonic() > self._alive_until:
                raise DeviceError(
                    f"loudspeaker {self._name!r} takes no more sound", "plug it in again, or choose another one"
                )
            await anyio.sleep(_POLL)

    def _give(self, out: Any, frames: int, when: Any, status: Any) -> None:
        """Fill PortAudio's buffer on its real-time thread."""
        self._alive_until = time.monotonic() + _SILENT
        with self._lock:
            self._known = self._heard()
            count = 0 if self._muted else self._take(out, frames)
            self._handed += count
            self._queued -= count
            self._quiet = frames - count if count else self._quiet + frames
        out[count:] = 0.0

    def _take(self, out: Any, frames: int) -> int:
        count = 0
        while self._queue and count < frames:
            part = self._queue[0][: frames - count]
            out[count : count + len(part)] = part[:, None]
            count += len(part)
            rest = self._queue.popleft()[len(part) :]
            if len(rest):
                self._queue.appendleft(rest)
        return count
