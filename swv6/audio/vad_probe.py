"""Measure how long a voice detector takes on this machine."""

from __future__ import annotations

import math
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from swv6.types import VAD


def probe(vad: VAD, seconds_per_chunk: float = 0.160, rounds: int = 9) -> float:
    """Return the median seconds that `vad` needs for one chunk of sound; leaves it reset.

    A chunk is as many whole frames as cover `seconds_per_chunk`. One uncounted round warms up. The sound is quiet
    noise with a fixed seed, so that two machines are asked the same thing.
    """
    frames = math.ceil(seconds_per_chunk * vad.rate / vad.frame)
    noise = np.random.default_rng(0).normal(0, 0.01, (frames, vad.frame)).astype(np.float32)
    times = [_round(vad, noise) for _ in range(rounds + 1)]
    vad.reset()
    return median(times[1:])


def _round(vad: VAD, chunk: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
    began = perf_counter()
    for frame in chunk:
        vad(frame)
    return perf_counter() - began
