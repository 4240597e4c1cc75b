"""Clean speech -> the same in noise, and where in it somebody speaks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from swv6.bench.ends import QUIET, WINDOW, levels_of
from swv6.types import Audio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from swv6.types import Samples

FILLED = 0.2
"""Seconds: a shorter pause belongs to the speech around it (the closure of a `p` or a `t` is silent, too)."""
AROUND = 1.0
"""Seconds of nothing but noise before and after each recording."""
COLLAR = 0.05
"""Seconds on each side of an edge of speech that are not judged: nobody can say to the frame where a word ends."""


def padded(audio: Audio) -> Audio:
    """Put silence around a recording."""
    silence = np.zeros(round(AROUND * audio.rate), np.float32)
    return Audio(np.concatenate([silence, audio.samples, silence]), audio.rate)


def speaks(audio: Audio) -> NDArray[np.bool_]:
    """Tell for each 10 ms of clean speech whether somebody speaks: within 40 dB of the loudest, short pauses filled."""
    levels = levels_of(audio)
    loud: NDArray[np.bool_] = levels >= QUIET * levels.max()
    edges = np.flatnonzero(loud)
    for left, right in pairwise(edges):
        if (right - left) * WINDOW <= FILLED:
            loud[left:right] = True
    return loud


def judged(speech: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each 10 ms whether it is far enough from an edge of speech to be judged."""
    far, reach = np.ones(len(speech), bool), round(COLLAR / WINDOW)
    for edge in np.flatnonzero(np.diff(speech)) + 1:
        far[max(0, edge - reach) : edge + reach] = False
    return far


def noisy(audio: Audio, speech: NDArray[np.bool_], colour: str, snr: float, seed: int) -> Samples:
    """Add `white` or `pink` noise; `snr` in dB is the power of the speech, where there is some, over the noise's."""
    size = len(audio.samples)
    noise = np.random.default_rng(seed).normal(size=size)
    if colour == "pink":
        spectrum = np.fft.rfft(noise)
        spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
        noise = np.fft.irfft(spectrum, size)
    spoken = np.repeat(speech, round(WINDOW * audio.rate))[:size]
    power = float(np.mean(np.square(audio.samples[spoken], dtype=np.float64)))
    noise *= np.sqrt(power / 10 ** (snr / 10) / np.mean(np.square(noise)))
    mixed: Samples = np.clip(audio.samples + noise, -1.0, 1.0).astype(np.float32)
    return mixed
