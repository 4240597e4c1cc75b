"""Play through PortAudio: one long-lived stream, gapless, silent at once when stopped or paused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from plugins_builtin.sounddevice.library import find, load, open_first
from plugins_builtin.sounddevice.playout import Playout
from plugins_builtin.sounddevice.portaudio import GRACE, SILENT, SLOW_START, Owner, found_and_opened, owner, streaming
from plugins_builtin.sounddevice.select import Wanted
from swv6.plugins import Audio, DeviceError, Resampler, Speaker, resample

if TYPE_CHECKING:
    from plugins_builtin.sounddevice.options import SpeakerOptions
    from swv6.plugins import Samples

_FULL = 5.0
"""Seconds queued above which `play` waits."""
_POLL = 0.01
"""Seconds between two looks at the queue while waiting."""
_SETTLE = 0.1
"""Seconds before closing, unless cancelled: a sound server holds more than PortAudio knows of (PulseAudio: 31 ms)."""


@asynccontextmanager
async def open(options: SpeakerOptions) -> AsyncIterator[Speaker]:
    """Open and start the device; raises DeviceError and MissingExtra."""
    thread = owner()
    player = Player(options, thread, asyncio.get_running_loop())
    try:
        async with streaming(thread, player, player.open):
            yield player
            await anyio.sleep(_SETTLE)
    finally:
        player.forget()


class Player:
    """A loudspeaker whose callback drains a queue and pads with silence."""

    def __init__(self, options: SpeakerOptions, thread: Owner, loop: asyncio.AbstractEventLoop) -> None:
        self.stream: Any = None
        self.name = ""
        self.tap: Callable[[Audio], None] | None = None
        self._options = options
        self._wanted = Wanted("output", options.device, options.host_api)
        self._rate = 0
        self._run = 0
        """Which of its streams is the current one."""
        self._aborting = False
        self._thread = thread
        self._loop = loop
        self._resampler: Resampler | None = None
        self._out = Playout(0, 0)
        self._alive_until = 0.0

    def open(self) -> None:
        """Open the stream at the wanted rate or the device's own, and start it (on the PortAudio thread)."""
        self.stream = found_and_opened(self._thread, self._wanted, self._make)
        self._rate = int(self.stream.samplerate)
        self._out = Playout(int(self.stream.latency * self._rate), self._rate)
        self._start()

    @property
    def busy(self) -> bool:
        """Tell whether it has something to play."""
        return self._out.busy

    def reopen(self) -> None:
        """Go on with a new stream, or count as gone."""
        try:
            sd = load()
            self.stream = self._make(sd, find(sd, self._wanted))
            self._start()
        except Exception:  # noqa: BLE001 - a plugin's border: the device is gone
            self._finished(self._run)
        if self.stream is not None and self.stream.samplerate != self._rate:
            self._finished(self._run)

    def _make(self, sd: Any, device: Any) -> Any:
        self.name, self._run = device["name"], self._run + 1
        index, latency, ended = device["index"], self._options.latency, partial(self._finished, self._run)

        def make(rate: int, channels: int) -> Any:
            return sd.OutputStream(
                rate, 0, index, channels, "float32", latency, callback=self._give, finished_callback=ended
            )

        rates = (self._options.rate, int(device["default_samplerate"]), 48000, 44100)
        return open_first(sd, self._wanted, device, rates, make)

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

    def duck(self, gain: float, /) -> None:
        """Change how loud what comes next is; what the device's buffer holds stays as it is."""
        self._out.duck(gain)

    def cue(self, audio: Audio, /, under: float) -> None:
        """Mix a short sound in."""
        self._out.cue(resample(audio.samples, audio.rate, self._rate), under)

    def forget(self) -> None:
        """Drop the resampler: PortAudio keeps the callback, and soxr complains of what is left when Python ends."""
        self._resampler = None

    def _start(self) -> None:
        self._alive_until = time.monotonic() + SLOW_START
        self.stream.start()

    def _restart(self) -> None:
        """Abort: writing zeros instead would let the buffer sound for another 50 to 200 ms."""
        if self.stream is not None:
            self._aborting = True
            self.stream.abort()
            self._aborting = False
            self._start()
        self._out.thrown_away()

    def _finished(self, run: int) -> None:
        """Note that the stream has ended; only when nobody wanted it to, the device is gone."""
        if run == self._run and not self._aborting:
            self._alive_until = 0.0

    def _flush(self) -> None:
        if self._resampler is not None:
            self._out.feed(self._resampler.flush())

    async def _until(self, done: Callable[[], bool]) -> None:
        await anyio.lowlevel.checkpoint()
        while True:
            if time.monotonic() > self._alive_until and not await self._wakes_up():
                hint = "plug it in again, or choose another one"
                raise DeviceError(f"loudspeaker {self.name!r} takes no more sound", hint)
            if done():
                return
            await anyio.sleep(_POLL)

    async def _wakes_up(self) -> bool:
        """Look once more whether there are callbacks."""
        await anyio.sleep(GRACE)
        return time.monotonic() <= self._alive_until

    def _give(self, out: Any, frames: int, when: Any, status: Any) -> None:
        """Fill PortAudio's buffer on its real-time thread."""
        self._alive_until = time.monotonic() + SILENT
        self._out.give(out, frames)
        if self.tap is not None:
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                self._loop.call_soon_threadsafe(self._tell, out[:, 0].copy())

    def _tell(self, samples: Samples) -> None:
        if self.tap is not None:
            self.tap(Audio(samples, self._rate))
