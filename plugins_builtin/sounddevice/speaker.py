"""Play through PortAudio: one long-lived stream, gapless, silent at once when stopped or paused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from plugins_builtin.sounddevice.playout import Playout
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
    player = Player(thread, asyncio.get_running_loop())
    await thread.call(lambda: player.open(options))
    try:
        yield player
    finally:
        with suppress(DeviceError):  # a frozen sound server is left behind
            await thread.call(player.stream.close, CLOSE_LIMIT)


class Player:
    """A loudspeaker whose callback drains a queue and pads with silence."""

    def __init__(self, thread: Owner, loop: asyncio.AbstractEventLoop) -> None:
        self.stream: Any = None
        self.tap: Callable[[Audio], None] | None = None
        self._name = ""
        self._rate = 0
        self._thread = thread
        self._loop = loop
        self._resampler: Resampler | None = None
        self._out = Playout(0)
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
        self._rate = int(self.stream.samplerate)
        self._out = Playout(int(self.stream.latency * self._rate))
        self._start()

    @property
    def played(self) -> float:
        """Seconds of sound that left the device, as far as its latency tells."""
        return self._out.heard / self._rate

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`, then wait while more than five seconds are queued; raises DeviceError."""
        if self._resampler is None or self._resampler.from_rate != audio.rate:
            self._flush()
            self._resampler = Resampler(audio.rate, self._rate, "MQ")
        self._out.feed(self._resampler.feed(audio.samples))
        await self._until(lambda: self._out.waiting <= _FULL * self._rate)

    async def drain(self) -> None:
        """Wait until everything queued has left the device; raises DeviceError."""
        self._flush()
        await self._until(lambda: self._out.done)

    def stop(self) -> None:
        """Forget the queue and throw away what is in the device's buffer."""
        if self._resampler is not None:
            self._resampler.clear()
        if self._out.stop():
            self._thread.post(self._restart)

    def pause(self) -> None:
        """Throw away what is in the device's buffer, but keep it for `resume`."""
        if self._out.pause():
            self._thread.post(self._restart)

    def resume(self) -> None:
        """Play on."""
        self._out.resume()

    def _start(self) -> None:
        self._alive_until = time.monotonic() + _SLOW_START
        self.stream.start()

    def _restart(self) -> None:
        """Abort: writing zeros instead would let the buffer sound for another 50 to 200 ms."""
        self.stream.abort()
        self._start()
        self._out.thrown_away()

    def _flush(self) -> None:
        if self._resampler is not None:
            self._out.feed(self._resampler.flush())

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
        self._out.give(out, frames)
        if self.tap is not None:
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                self._loop.call_soon_threadsafe(self._tell, out[:, 0].copy())

    def _tell(self, samples: Samples) -> None:
        if self.tap is not None:
            self.tap(Audio(samples, self._rate))
