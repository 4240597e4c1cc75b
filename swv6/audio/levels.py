"""How loud sound is, and whether it is cut off or not there at all."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from swv6.types import Samples

SILENCE = -120.0
"""dBFS given for no sound at all: below what 16 bits can hold (-96)."""
FULL = 0.99
"""Absolute value from which a sample has hit the converter's end."""


def peak(samples: Samples) -> float:
    """Give the highest absolute value, 0..1."""
    return float(np.abs(samples).max()) if len(samples) else 0.0


def rms(samples: Samples) -> float:
    """Give the root mean square, 0..1."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0


def decibels(level: float) -> float:
    """Give an amplitude (1 is full scale) in dBFS, never below -120."""
    return max(SILENCE, 20.0 * math.log10(level)) if level > 0 else SILENCE


def amplified(samples: Samples, gain: float) -> Samples:
    """Give samples `gain` times as loud, cut off at full scale; the same array when nothing changes."""
    return samples if gain == 1.0 else (samples * np.float32(gain)).clip(-1.0, 1.0)


def cut_off(samples: Samples) -> float:
    """Give the share (0..1) of the samples that have hit the converter's end."""
    return float(np.mean(np.abs(samples) >= FULL)) if len(samples) else 0.0


def silent(samples: Samples) -> bool:
    """Tell whether every sample is exactly zero: real microphones have noise."""
    return not np.any(samples)


def noise_floor(frames: Sequence[Samples]) -> float:
    """Give the RMS of the median frame, 0..1: a door that slams once is not the room's noise."""
    return float(np.median([rms(frame) for frame in frames])) if len(frames) else 0.0


class Floor:
    """The level of the quietest of the last frames: what a room sounds like when nobody speaks."""

    def __init__(self, frames: int) -> None:
        self._levels: deque[float] = deque(maxlen=frames)

    def over(self, frame: Samples) -> float:
        """Take in a frame and say how many times louder than the floor it is; infinity while too few were heard."""
        level = rms(frame)
        self._levels.append(level)
        floor = min(self._levels)
        return level / floor if floor > 0 and len(self._levels) == self._levels.maxlen else math.inf
