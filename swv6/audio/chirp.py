"""A sound that is easy to find again, and finding it: how late and how loud it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.levels import rms

if TYPE_CHECKING:
    from swv6.types import Samples

SECONDS = 0.5
LOW, HIGH = 300.0, 6000.0
"""Hz: what every loudspeaker and every telephone-grade microphone passes."""
LEVEL = 0.3
"""Peak of the chirp: clearly audible, far from distortion."""
CERTAIN = 10.0
"""How far the match must stand above the others, in their standard deviations: 3 s of noise reach 5."""
_FADE = 0.02
"""Seconds faded at both ends, so that it does not click."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Where a chirp was found in a recording."""

    at: float
    """Seconds into the recording where its direct sound begins."""
    level: float
    """RMS of what came back over RMS of what was played; 1 is as loud."""
    certainty: float
    """Standard deviations above everything else in the recording."""


def chirp(rate: int) -> Samples:
    """Make a sweep that rises from 300 to 6000 Hz in half a second, float32 mono (n,) at `rate` Hz."""
    time = np.arange(round(SECONDS * rate)) / rate
    growth = np.log(HIGH / LOW)
    phase = 2 * np.pi * LOW * SECONDS / growth * (np.exp(time / SECONDS * growth) - 1)
    edges = np.clip(np.minimum(time, SECONDS - time) / _FADE, 0, 1)
    sweep: Samples = (LEVEL * edges * np.sin(phase)).astype(np.float32)
    return sweep


def find(recorded: Samples, rate: int) -> Echo | None:
    """Find the chirp in a recording at `rate` Hz by matched filter; None when it is not there.

    A sweep of 5.7 kHz and 0.5 s stands 35 dB above noise of its own level, so it is found where no ear hears it.
    """
    played = chirp(rate)
    match = _match(recorded, played)
    if not len(match) or not (top := float(match.max())):
        return None
    spread = float(np.median(match)) / 0.6745  # the median of a normal distribution's absolute values
    certainty = top / spread if spread else np.inf
    if certainty < CERTAIN:
        return None
    at = int(np.argmax(match >= 0.5 * top))  # the direct sound, where an echo of the echo is the louder one
    at += int(np.argmax(match[at : at + rate // 1000 + 1]))
    return Echo(at / rate, _loudness(recorded, played, at), certainty)


def _match(recorded: Samples, played: Samples) -> Samples:
    """Correlate at every place where the whole chirp fits; absolute, so that an inverted cable does not matter."""
    if len(recorded) < len(played):
        return np.empty(0, np.float32)
    size = 1 << (len(recorded) + len(played) - 1).bit_length()
    cross = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size)), size)
    match: Samples = np.abs(cross[: len(recorded) - len(played) + 1]).astype(np.float32)
    return match


def _loudness(recorded: Samples, played: Samples, at: int) -> float:
    """Compare powers, less the noise before the chirp, and never below what the match itself proves."""
    heard = recorded[at : at + len(played)]
    noise = rms(recorded[:at]) if at > len(played) // 8 else 0.0
    direct = abs(float(np.dot(heard, played))) / float(np.dot(played, played))
    return max(direct, float(np.sqrt(max(0.0, rms(heard) ** 2 - noise**2))) / rms(played))
