"""Speak sound files as if someone said them into a microphone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import anyio.to_thread
import numpy as np

from swv6.plugins import Audio, Microphone, read_blocks

if TYPE_CHECKING:
    from plugins_builtin.wav_files.options import WavMicrophone
    from swv6.plugins import Samples

RATE = 16000
FRAME = 512
"""Samples: 32 ms, what a sound card delivers and silero takes."""


@asynccontextmanager
async def open(options: WavMicrophone) -> AsyncIterator[Microphone]:
    """Check that every file can be decoded (AudioError says which cannot), then give the microphone."""
    await anyio.to_thread.run_sync(_check, options.files)
    yield Recording(options)


class Recording:
    """A microphone that speaks files; a recording that `waits` resumes where its last listener left it."""

    def __init__(self, options: WavMicrophone) -> None:
        self.live = options.real_time and not options.waits
        self._real_time = options.real_time
        self._samples = _frames(options.files, options.silence_after)
        self._position = 0
        self._due: float | None = None

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream frames of 512 samples at 16 kHz until the last file and its silence have ended."""
        for samples in self._samples:
            await self._wait()
            audio = Audio(samples, RATE, self._position / RATE)
            self._position += FRAME
            yield audio

    async def _wait(self) -> None:
        """Sleep until this frame has been spoken, counted from the frame before and not from now: nothing drifts.

        A listener up to one frame late finds the clock running; beyond that a recording waits for it.
        """
        if not self._real_time:
            await anyio.lowlevel.checkpoint()
            return
        now = anyio.current_time()
        due = now if self._due is None else self._due
        self._due = (due if self.live else max(due, now - FRAME / RATE)) + FRAME / RATE
        await anyio.sleep_until(self._due)


def _frames(files: list[Path], silence_after: float) -> Iterator[Samples]:
    silent = np.zeros(FRAME, np.float32)
    for path in files:
        for block in read_blocks(path, RATE, FRAME / RATE):
            yield np.pad(block.samples, (0, FRAME - len(block.samples)))
        for _ in range(round(silence_after * RATE / FRAME)):
            yield silent


def _check(files: list[Path]) -> None:
    for path in files:
        next(read_blocks(path, RATE, 0.1))
