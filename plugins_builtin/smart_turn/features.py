"""Sound -> Whisper's log-mel spectrogram of its last 8 s, normalised as Smart Turn was trained."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from swv6.plugins import Samples

RATE = 16000
"""Hz."""
SECONDS = 8
"""Seconds that the network sees: the last ones; shorter sound has silence before it."""
WINDOW, HOP = 400, 160
"""Samples of a spectrum, and from one spectrum to the next (Whisper: 25 ms and 10 ms)."""
BANDS = 80
"""Mel bands (Whisper, up to large-v2)."""
KNEE, STEP = 1000.0, 27.0 / np.log(6.4)
"""Slaney's mel scale: linear (3 mel for 200 Hz) up to 1 kHz = 15 mel, then 27 mel for each factor of 6.4."""


def log_mel(samples: Samples) -> Samples:
    """Return shape (1, 80, 800) for mono sound at 16 kHz of any length."""
    sound = np.zeros(SECONDS * RATE, np.float32)
    if len(samples):
        last = samples[-len(sound) :]
        sound[-len(last) :] = last
    sound = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-7)  # `do_normalize` of the feature extraction
    padded = np.pad(sound, WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:-1]
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    logs = np.log10(np.maximum(_mel_filters() @ power.T, 1e-10))
    scaled = (np.maximum(logs, logs.max() - 8.0) + 4.0) / 4.0  # Whisper's own range
    return np.asarray(scaled[np.newaxis], np.float32)


@cache
def _mel_filters() -> Samples:
    """Give the triangles that turn 201 frequencies into 80 bands of equal area."""
    edges = np.array([_hertz(mel) for mel in np.linspace(0.0, _mel(RATE / 2), BANDS + 2)])
    low, middle, high = (edges[i : BANDS + i, np.newaxis] for i in range(3))
    hertz = np.linspace(0.0, RATE / 2, WINDOW // 2 + 1)
    rising, falling = (hertz - low) / (middle - low), (high - hertz) / (high - middle)
    filters = np.clip(np.minimum(rising, falling), 0.0, None) * 2.0 / (high - low)
    return np.asarray(filters, np.float32)


def _mel(hertz: float) -> float:
    return float(15.0 + np.log(hertz / KNEE) * STEP) if hertz >= KNEE else hertz * 3.0 / 200.0


def _hertz(mel: float) -> float:
    return float(KNEE * np.exp((mel - 15.0) / STEP)) if mel >= 15.0 else mel * 200.0 / 3.0
