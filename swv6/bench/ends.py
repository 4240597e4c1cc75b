"""Where speech really begins and ends in a sound, found by its energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from swv6.types import Audio

if TYPE_CHECKING:
    from swv6.types import Samples

WINDOW = 0.01
"""Seconds over which energy is taken: shorter than any sound of speech."""
QUIET = 0.01
"""Level below which a sound counts as silence, relative to its loudest window (-40 dB)."""
OVER_NOISE = 3.0
"""How far above the noise floor speech must be (10 dB)."""
FLOOR = 10
"""Percentile of the windows' levels taken for the noise floor: pauses are in every recording."""
AUDIBLE = 0.01
"""Amplitude (full scale is 1) from which a loudspeaker's sound is heard: -40 dBFS."""


def last_audible(audio: Audio) -> float:
    """Return the seconds from the start of `audio` to the end of its last window that is not silent, 0 when all is."""
    levels = levels_of(audio)
    if not len(levels) or not levels.max():
        return 0.0
    bar = max(QUIET * levels.max(), min(OVER_NOISE * float(np.percentile(levels, FLOOR)), levels.max() / 2))
    return min(float(np.flatnonzero(levels >= bar)[-1] + 1) * WINDOW, audio.seconds)


def first_audible(samples: Samples) -> int | None:
    """Return the index of the first sample that can be heard, None when there is none."""
    loud = np.abs(samples) >= AUDIBLE
    return int(loud.argmax()) if loud.any() else None


def levels_of(audio: Audio) -> Samples:
    """Root mean square of each window."""
    size = round(WINDOW * audio.rate)
    samples = np.pad(audio.samples, (0, -len(audio.samples) % size))
    power: Samples = np.square(samples.reshape(-1, size)).mean(axis=1)
    return np.sqrt(power)
