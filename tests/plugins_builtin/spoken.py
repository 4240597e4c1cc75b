"""Real French speech between silences, with noise added: how well does a detector do?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.files import read

if TYPE_CHECKING:
    from swv6.plugins import VAD
    from swv6.types import Samples

ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "profiles/sounds/question-1.wav",
    ROOT / "profiles/sounds/question-2.wav",
    ROOT / "tests/sounds/bonjour.wav",
    ROOT / "tests/sounds/meteo.flac",
]
_PAUSE = 24000
"""Samples of silence around each: 1.5 s."""
_LOUD = 0.02
"""RMS of a 10 ms piece that certainly is speech in these clean recordings."""
_REACH = 15
"""10 ms pieces around a loud one that count as the same speech: pauses between sounds, soft beginnings and ends."""


def rate_speech(vad: VAD, snr: float | None) -> tuple[float, float, float]:
    """Return precision, recall and the share of non-speech frames that were flagged; `snr` in dB, None for no noise."""
    silence = np.zeros(_PAUSE, np.float32)
    speech = np.concatenate([part for file in FILES for part in (silence, read(file).samples)] + [silence])
    level = 0.0 if snr is None else float(np.sqrt(np.mean(speech[speech != 0] ** 2)) / 10 ** (snr / 20))
    truth = _frames(_is_speech(speech).astype(np.float32), vad.frame).mean(axis=1) > 0.5
    found = _found(vad, noisy(speech, level))
    hits = (truth & found).sum()
    return hits / max(1, found.sum()), hits / truth.sum(), (found & ~truth).sum() / (~truth).sum()


def flagged(vad: VAD, samples: Samples) -> float:
    """Return the share of frames called speech."""
    return float(_found(vad, samples).mean())


def noisy(samples: Samples, level: float) -> Samples:
    """Add white noise of the RMS `level`."""
    return (samples + np.random.default_rng(3).normal(0, 1, len(samples)) * level).astype(np.float32)


def _found(vad: VAD, samples: Samples) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([vad(frame) > 0.5 for frame in _frames(samples, vad.frame)])


def _frames(samples: Samples, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return samples[: len(samples) // size * size].reshape(-1, size)


def _is_speech(samples: Samples) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark what is loud in the clean recording, and what lies close around it."""
    loud = np.sqrt((_frames(samples, 160) ** 2).mean(axis=1)) > _LOUD
    near = np.convolve(loud, np.ones(2 * _REACH + 1), "same") > 0
    closed = np.convolve(near, np.ones(2 * _REACH + 1), "same") > 2 * _REACH - 0.5
    return np.repeat(closed, 160)
