"""How loud the microphone is, seldom enough to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from swv6.telemetry.events import Level, Report
from swv6.types import Audio

EVERY = 0.1
"""Seconds of sound in one reading: a meter that moves faster is not calm."""


@dataclass(slots=True)
class LevelMeter:
    """Reports the level of the sound that passes by."""

    report: Report
    _energy: float = 0.0
    _samples: int = 0

    def feed(self, audio: Audio) -> None:
        """Take in sound."""
        import numpy as np

        self._energy += float(np.dot(audio.samples, audio.samples))
        self._samples += len(audio.samples)
        if self._samples >= EVERY * audio.rate:
            self.report(Level((self._energy / self._samples) ** 0.5))
            self._energy, self._samples = 0.0, 0
