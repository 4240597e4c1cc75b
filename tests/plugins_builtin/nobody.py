"""Sounds in which nobody speaks: mono, 16 kHz, of any length."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from swv6.plugins import Audio

RATE = 16_000
Wave = NDArray[np.float64]


def _clock(seconds: float) -> Wave:
    return np.arange(int(seconds * RATE)) / RATE


def _tone(hertz: float, seconds: float) -> Wave:
    return np.sin(2 * np.pi * hertz * _clock(seconds))


def _noise(seconds: float) -> Wave:
    return np.random.default_rng(1).normal(0, 1, int(seconds * RATE))


def _pink(seconds: float) -> Wave:
    spectrum = np.fft.rfft(_noise(seconds))
    wave = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), int(seconds * RATE))
    return np.asarray(0.3 * wave / np.abs(wave).max())


def _chord(notes: tuple[float, ...]) -> Wave:
    wave = np.sum([_tone(note * partial, 1.0) / partial for note in notes for partial in (1, 2, 3)], axis=0)
    return np.asarray(wave * np.exp(-0.7 * _clock(1.0)) * np.minimum(1, _clock(1.0) / 0.02) / np.abs(wave).max())


_CHORDS = [(261.6, 329.6, 392.0), (220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7)]


def _chords(seconds: float) -> Wave:
    return 0.4 * np.concatenate([_chord(_CHORDS[n % 4]) for n in range(int(seconds))])


def _hold_music(seconds: float) -> Wave:
    beats = range(int(seconds * 2))
    tune = [_tone(2 * _CHORDS[n // 2 % 4][n % 3], 0.5) * np.exp(-4 * _clock(0.5)) for n in beats]
    return np.asarray(0.7 * _chords(seconds) + 0.2 * np.concatenate(tune))


def _cadence(wave: Wave, on: float, period: float) -> Wave:
    return wave * (np.arange(len(wave)) / RATE % period < on)


SOUNDS: dict[str, Callable[[float], Wave]] = {
    "silence": lambda seconds: 0 * _clock(seconds),
    "quiet room": lambda seconds: 1e-3 * _noise(seconds),
    "white noise": lambda seconds: 0.05 * _noise(seconds),
    "pink noise": _pink,
    "chords": _chords,
    "hold music": _hold_music,
    "ringing, American": lambda s: 0.15 * _cadence(_tone(440, s) + _tone(480, s), 2, 6),
    "ringing, French": lambda s: 0.3 * _cadence(_tone(440, s), 1.5, 5),
    "engaged": lambda s: 0.3 * _cadence(_tone(480, s), 0.5, 1),
    "clicks": lambda s: np.where(_clock(s) % 0.37 < 1 / RATE, 0.8, 0.0),
    "mains hum": lambda s: 0.1 * _tone(50, s) + 0.05 * _tone(100, s),
}


def sound(name: str, seconds: float) -> Audio:
    """Make one of SOUNDS."""
    return Audio(SOUNDS[name](seconds).astype(np.float32), RATE)
