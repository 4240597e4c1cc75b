"""What a few seconds of a microphone say about it, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from swv6.audio import levels

if TYPE_CHECKING:
    from swv6.types import Samples

QUIET = 2.0
"""Seconds whose noise is measured."""
_OPENING = 0.2
"""Seconds left out at the start: sound cards pop when they are opened."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What the detector said of one piece of sound."""

    samples: Samples
    speech: bool
    at: float
    """Seconds into the check."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A microphone in numbers; levels are amplitudes, 1 is full scale."""

    seconds: float
    """Seconds of sound that were checked."""
    noise: float
    """RMS while nobody spoke."""
    speech: float
    """RMS while somebody spoke; 0 when nobody did."""
    peak: float
    cut_off: float
    """Share (0..1) of the speech's samples that hit the converter's end."""
    spoken: float
    """Seconds of speech that the detector found."""
    disturbed: float
    """Seconds of speech while it should have been quiet."""
    lost: float
    """Seconds of sound that never arrived."""
    zero: bool
    """Nothing but exact digital zeros."""

    @property
    def snr(self) -> float:
        """How far the speech stands above the noise, dB."""
        return levels.decibels(self.speech) - levels.decibels(self.noise)

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `mic --json` prints; levels as dBFS too."""
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}
        decibels = {f"{key}_dbfs": round(levels.decibels(getattr(self, key)), 1) for key in ("noise", "speech", "peak")}
        return {**rounded, **decibels, "snr_db": round(self.snr, 1)}


def measure(frames: Sequence[Frame], rate: int, quiet: float = 0.0, lost: float = 0.0) -> Measured:
    """Measure frames of `rate` Hz, of which the first `quiet` seconds should hold no speech (0: nobody was asked)."""
    still = [f for f in frames if _OPENING <= f.at < quiet]
    talking = [f for f in frames if f.speech and f.at >= quiet]
    speech, everything = _joined(talking), _joined(frames)
    return Measured(
        seconds=len(everything) / rate,
        noise=levels.noise_floor(_noise(still or frames, rate)),
        speech=levels.rms(speech),
        peak=levels.peak(everything),
        cut_off=levels.cut_off(speech),
        spoken=len(speech) / rate,
        disturbed=len(_joined([f for f in still if f.speech])) / rate,
        lost=lost,
        zero=levels.silent(everything),
    )


def _noise(frames: Sequence[Frame], rate: int) -> list[Samples]:
    """Choose the frames that hold noise only: without speech, and the quietest two seconds of those.

    Exact zeros are what a file is padded with, or a driver's start; they count when there is nothing else.
    """
    calm = [f.samples for f in frames if not f.speech] or [f.samples for f in frames]
    sounding = [samples for samples in calm if not levels.silent(samples)] or calm
    sounding.sort(key=levels.rms)
    return sounding[: max(1, round(QUIET * rate / len(sounding[0])))] if sounding else []


def _joined(frames: Sequence[Frame]) -> Samples:
    return np.concatenate([f.samples for f in frames]) if frames else np.empty(0, np.float32)
