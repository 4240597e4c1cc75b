"""Short sounds that say what a conversation is doing, made from sines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from swv6.types import Samples

Name: TypeAlias = Literal["listening", "thinking", "error"]

NOTES: dict[str, tuple[float, ...]] = {
    "listening": (587.33, 880.0),
    "thinking": (440.0,),
    "error": (440.0, 293.66),
}
"""Hz of the notes of each: it rises (D5 A5), waits (A4), falls (A4 D4)."""
NOTE = 0.09
"""Seconds of a note: two are less than the 0.2 s of speech that begin a turn (`turns.min_speech`)."""
_RISE = 0.008
"""Seconds in which a note begins; it dies away in the rest of its length."""


def cue(name: Name, rate: int, peak: float) -> Samples:
    """Make a cue, float32 mono (n,) at `rate` Hz, its loudest sample at most `peak`; it begins and ends with zero."""
    made: Samples = np.concatenate([_note(pitch, rate) for pitch in NOTES[name]])
    return (peak * made).astype(np.float32)


def _note(pitch: float, rate: int) -> Samples:
    time = np.arange(round(NOTE * rate)) / rate
    rise = np.minimum(1, time / _RISE)
    fall = np.cos(np.pi / 2 * np.clip((time - _RISE) / (NOTE - _RISE - 1 / rate), 0, 1)) ** 2
    note: Samples = np.sin(2 * np.pi * pitch * time) * rise * fall
    return note
