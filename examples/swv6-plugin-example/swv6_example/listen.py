"""Hear tones, and read the Morse code in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import groupby
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from swv6.plugins import STT, VAD, Audio, BackendError, Segment, Transcript
from swv6_example.letters import LETTER, seconds_per_unit

if TYPE_CHECKING:
    from swv6.plugins import Samples
    from swv6_example.options import Ear, Keying

_STEP = 0.005
"""Seconds over which loudness is measured: an eighth of a dot at 30 words a minute."""
_FLOOR = 0.01
"""Loudness (root mean square) under which there is no tone."""


@asynccontextmanager
async def open_stt(options: Keying) -> AsyncIterator[STT]:
    """Open the recogniser; there is nothing to load."""
    nominal = seconds_per_unit(options.words_per_minute)

    async def hear(audio: Audio, /) -> AsyncIterator[Transcript]:
        began = perf_counter()
        text = decode(audio, nominal)
        end = audio.start + audio.seconds
        segments = (Segment(text, audio.start, end, 1.0),) if text else ()
        yield Transcript(
            text, segments, confidence=1.0 if text else 0.0, backend="morse", model="morse",
            duration=audio.seconds, elapsed=perf_counter() - began,
        )  # fmt: skip

    yield hear


def decode(audio: Audio, nominal: float) -> str:
    """Read Morse code keyed at about `nominal` seconds a dot; what is no letter reads as `?`."""
    runs = [(on, len(list(run)) * _STEP) for on, run in groupby(_tones(audio))]
    near = [seconds for _, seconds in runs if 0.6 * nominal < seconds < 1.7 * nominal]
    unit = float(np.mean(near)) if near else nominal
    text, code = "", ""
    for on, seconds in [*runs, (False, 3 * unit)]:
        if on:
            code += "-" if seconds > 2 * unit else "."
        elif seconds > 2 * unit:
            text += LETTER.get(code, "?") if code else ""
            text += " " if seconds > 5 * unit else ""
            code = ""
    return " ".join(text.split())


def _tones(audio: Audio) -> list[bool]:
    """Tell for each step whether a tone sounds: louder than half of the loudest."""
    size = max(round(audio.rate * _STEP), 1)
    steps = audio.samples[: len(audio.samples) // size * size].reshape(-1, size)
    if not len(steps):
        return []
    loudness = np.sqrt(np.mean(steps**2, axis=1))
    return [bool(loud) for loud in loudness > max(loudness.max() / 2, _FLOOR)]


@asynccontextmanager
async def open_vad(options: Ear) -> AsyncIterator[VAD]:
    """Open a detector of its own for each conversation: it has a state."""
    yield Tones(options)


class Tones:
    """Says speech while a tone sounds and for a while after it."""

    rate = 16_000
    frame = 512

    def __init__(self, options: Ear) -> None:
        self._level = options.level
        self._hold = int(options.hold * self.rate / self.frame)
        self._left = 0

    def __call__(self, frame: Samples, /) -> float:
        """Return 1.0 when a tone sounds in 512 samples at 16 kHz, or did so less than `hold` ago."""
        if len(frame) != self.frame:
            raise BackendError(f"tone: a frame has {self.frame} samples, not {len(frame)}")
        loud = float(np.sqrt(np.mean(frame**2))) >= self._level
        self._left = self._hold + 1 if loud else max(self._left - 1, 0)
        return 1.0 if self._left else 0.0

    def reset(self) -> None:
        """Forget the tones so far."""
        self._left = 0
