"""Whether one sound is part of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from swv6.types import Samples

PIECE = 0.25
"""Seconds: longer than a phoneme, so that no two pieces of speech are alike."""
QUIET = 0.01
"""RMS below which a piece is too quiet to be told from another."""


def found(said: Samples, whole: Samples, rate: int) -> list[tuple[float, float]]:
    """Look for each piece of `said` in `whole`: the seconds at which it is likest, and how like (1 is the same)."""
    size = round(PIECE * rate)
    pieces = [said[at : at + size] for at in range(0, len(said) - size + 1, size)]
    return [place(piece, whole, rate) for piece in pieces if np.sqrt(np.mean(piece**2)) > QUIET]


def place(piece: Samples, whole: Samples, rate: int) -> tuple[float, float]:
    """Give the seconds at which `piece` is likest in `whole`, and the correlation there."""
    size = 1 << (len(piece) + len(whole)).bit_length()
    cross = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size)), size)[: len(whole)]
    power = np.concatenate([[0.0], np.cumsum(whole.astype(np.float64) ** 2)])
    energy = power[len(piece) :] - power[: -len(piece)]
    likeness = cross[: len(energy)] / np.sqrt(np.maximum(energy, 1e-3) * float(np.sum(piece**2)))
    best = int(np.argmax(likeness))
    return best / rate, float(likeness[best])
