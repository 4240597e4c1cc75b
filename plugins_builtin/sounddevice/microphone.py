"""Listen to a microphone through PortAudio, at 16 kHz whatever the card does."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio

from plugins_builtin.sounddevice.library import find, load, open_first
from plugins_builtin.sounddevice.portaudio import (
    CLOSE_LIMIT,
    GRACE,
    SILENT,
    SLOW_START,
    Owner,
    found_and_opened,
    owner,
    streaming,
)
from plugins_builtin.sounddevice.select import Wanted
from swv6.plugins import Audio, DeviceError, Microphone, Resampler

if TYPE_CHECKING:
    from plugins_builtin.sounddevice.options import MicrophoneOptions
    from swv6.plugins import Samples

_log = logging.getLogger("swv6.sounddevice")
RATE = 16000
BLOCK = 512
"""Samples at 16 kHz: 32 ms, clean with latency "low"."""
_QUEUE = 30 * RATE // BLOCK
"""Blocks kept for a listener that is late: 30 s."""
_ZERO = 2.0
"""Seconds of exact digital zero after which the user is told; real microphones have noise."""


@asynccontextmanager
async def open(options: MicrophoneOptions) -> AsyncIterator[Microphone]:
    """Open the device; sound flows while someone listens. Raises DeviceError and MissingExtra."""
    thread = owner()
    wanted = Wanted("input", options.device, options.host_api)
    microphone = Capture(wanted, thread, asyncio.get_running_loop())
    async with streaming(thread, microphone, microphone.open):
        yield microphone


class Capture:
    """A microphone whose callback hands blocks to the event loop."""

    live = True
    busy = False
    """A moment without it is not noticed."""

    def __init__(self, wanted: Wanted, thread: Owner, loop: asyncio.AbstractEventLoop) -> None:
        self.stream: Any = None
        self.name = ""
        self.dropped = 0
        """Blocks lost because nobody took them in time."""
        self._wanted = wanted
        self._rate = 0
        self._run = 0
        """Which of its streams is the current one."""
        self._listening = False
        self._thread = thread
        self._loop = loop
        self._blocks: deque[Samples] = deque()
        self._news = anyio.Event()
        self._position = 0
        self._zeros: float | None = 0.0
        self._alive_until = 0.0
        self._ended = False

    def open(self) -> None:
        """Open the stream at 16 kHz, or at a rate the device does (on the PortAudio thread)."""
        self.stream = found_and_opened(self._thread, self._wanted, self._make)
        self._rate = int(self.stream.samplerate)

    def reopen(self) -> None:
        """Go on with a new stream, or count as gone."""
        try:
            sd = load()
            self.stream = self._make(sd, find(sd, self._wanted))
            if self._listening:
                self.stream.start()
        except Exception:  # noqa: BLE001 - a plugin's border: the device is gone
            self._finished(self._run)
        if self.stream is not None and self.stream.samplerate != self._rate:
            self._finished(self._run)

    def _make(self, sd: Any, device: Any) -> Any:
        self.name, self._run = device["name"], self._run + 1
        ended = partial(self._finished, self._run)

        def make(rate: int, channels: int) -> Any:
            return sd.InputStream(
                rate, BLOCK * rate // RATE, device["index"], channels, "float32", "low",
                callback=self._receive, finished_callback=ended,
            )  # fmt: skip

        rates = (RATE, int(device["default_samplerate"]), 48000, 44100)
        return open_first(sd, self._wanted, device, rates, make)

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream blocks of about 32 ms at 16 kHz; raises DeviceError when the device is gone."""
        resampler = Resampler(self._rate, RATE, "MQ")
        self._blocks.clear()
        self._ended = False
        self._alive_until = time.monotonic() + SLOW_START
        await self._thread.call(self._start)
        try:
            while True:
                samples = resampler.feed(await self._next())
                audio = Audio(samples, RATE, self._position / RATE)
                self._position += len(samples)
                if len(samples):
                    yield audio
        except DeviceError:
            self._thread.post(self._abort)  # which may hang: whoever listens is told at once
            raise
        except BaseException:  # Ctrl-C and cancels too; raised again
            with suppress(DeviceError):
                await self._thread.call(self._abort, CLOSE_LIMIT)
            raise

    def _start(self) -> None:
        self._listening = True
        if self.stream is not None:
            self.stream.start()

    def _abort(self) -> None:
        self._listening = False
        if self.stream is not None:
            self.stream.abort()

    async def _next(self) -> Samples:
        overdue = False
        while not self._blocks:
            self._news = anyio.Event()
            patience = self._alive_until - time.monotonic()
            if self._ended or (overdue and patience <= 0):
                hint = "plug it in again, or choose another one"
                raise DeviceError(f"microphone {self.name!r} delivers no more sound", hint)
            overdue = patience <= 0
            with anyio.move_on_after(GRACE if overdue else patience):
                await self._news.wait()
        block = self._blocks.popleft()
        self._listen_for_nothing(block)
        return block

    def _listen_for_nothing(self, block: Samples) -> None:
        """Warn once when a microphone that has just been opened gives exact zeros only."""
        if self._zeros is None:
            return
        self._zeros = None if block.any() else self._zeros + len(block) / self._rate
        if self._zeros is not None and self._zeros >= _ZERO:
            mac = "allow it in System Settings > Privacy & Security > Microphone"
            hint = mac if sys.platform == "darwin" else "is it muted?"
            _log.warning("microphone %r gives digital silence only: %s", self.name, hint)
            self._zeros = None

    def _receive(self, block: Any, frames: int, when: Any, status: Any) -> None:
        """Take sound on PortAudio's real-time thread: copy, hand over, nothing else."""
        self._alive_until = time.monotonic() + SILENT
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            if status and status.input_overflow:
                self._loop.call_soon_threadsafe(self._drop)
            self._loop.call_soon_threadsafe(self._put, block.mean(axis=1))

    def _drop(self) -> None:
        """Count a block that was lost, here or in the device's own buffer; say so once."""
        if not self.dropped:
            _log.warning("microphone %r: sound is lost, this machine takes it too slowly", self.name)
        self.dropped += 1

    def _put(self, block: Samples) -> None:
        if len(self._blocks) >= _QUEUE:
            self._drop()
            self._position += round(len(self._blocks.popleft()) * RATE / self._rate)
        self._blocks.append(block)
        self._news.set()

    def _finished(self, run: int) -> None:
        """Note that the stream has ended, because it was closed or because the device is gone."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end, run)

    def _end(self, run: int) -> None:
        if run == self._run:
            self._ended = True
            self._news.set()
