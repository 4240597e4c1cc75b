"""Change how loud a stream of sound is without a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from swv6.types import Samples

RAMP = 0.01
"""Seconds from silence to full level: 5 ms still click on a low voice, 20 ms are heard as a fade."""


class Fader:
    """A gain that goes to its goal in a straight line, piece after piece of one stream."""

    def __init__(self) -> None:
        self.gain = 1.0
        """Of the last sample that went through."""
        self.goal = 1.0

    def jump(self, gain: float) -> None:
        """Begin at `gain`; for a moment in which nothing sounds."""
        self.gain = gain

    def __call__(self, samples: Samples, rate: int) -> Samples:
        """Return the next samples at their gains, float32 (n,); the same array at full level."""
        if self.gain == self.goal:
            return samples if self.gain == 1.0 else samples * np.float32(self.gain)
        step = 1 / (RAMP * rate)
        way = self.goal - self.gain
        line = self.gain + np.copysign(step, way) * np.arange(1, len(samples) + 1)
        gains = np.minimum(line, self.goal) if way > 0 else np.maximum(line, self.goal)
        self.gain = float(gains[-1]) if len(gains) else self.gain
        faded: Samples = (samples * gains).astype(np.float32)
        return faded
