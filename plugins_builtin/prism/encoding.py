"""Windows of a recording through Whisper's encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ctranslate2
import numpy as np

from plugins_builtin.prism.windows import RATE

if TYPE_CHECKING:
    from plugins_builtin.prism.ear import Ear
    from plugins_builtin.prism.sharing import Part

FRAMES = 100
"""Feature frames per second."""
FULL = 30 * FRAMES
"""Frames of the window that Whisper was trained on, and its limit."""


def features(ear: Ear, part: Part) -> Any:
    """Stack the windows' features, shape (n, mels, frames), the shorter ones followed by quiet."""
    longest = (part.longest.end - part.longest.start) * FRAMES // RATE
    frames = min(FULL, longest + round(ear.plan.margin * FRAMES))
    frames += frames % 2  # the encoder halves them
    heard = (ear.whisper.feature_extractor(ear.sound(window), padding=0)[:, :frames] for window in part.windows)
    return np.stack([np.pad(r, ((0, 0), (0, frames - r.shape[-1])), constant_values=r.min()) for r in heard])


def encoded(ear: Ear, features: Any) -> Any:
    """Encode, shape (n, frames, size); on a CPU one window after the other.

    There a batch gains nothing, and takes as many times the memory. The decoder sees all of the quiet behind a window:
    with 1 s of it short questions are written twice.
    """
    if ear.whisper.model.device != "cpu":
        return ear.whisper.encode(features)
    return ctranslate2.StorageView.from_array(np.concatenate([_alone(ear, one) for one in features]))


def _alone(ear: Ear, features: Any) -> Any:
    ear.check()
    return np.array(ear.whisper.encode(features))
