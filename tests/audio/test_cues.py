"""The short sounds beside the voice."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from swv6.audio.cues import NOTES, Name, cue
from swv6.profiles.turns import Turns

NAMES: tuple[Name, ...] = get_args(Name)


def test_every_name_has_notes() -> None:
    assert set(NAMES) == set(NOTES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rate", [16000, 22050, 48000])
def test_it_is_short_bounded_and_clicks_nowhere(name: Name, rate: int) -> None:
    sound = cue(name, rate, 0.15)
    assert sound.dtype == np.float32
    assert len(sound) / rate < Turns().min_speech, "too short to begin a turn"
    assert 0.1 < np.abs(sound).max() <= 0.15
    assert sound[0] == 0
    assert abs(sound[-1]) < 1e-3
    fastest = 2 * np.pi * max(NOTES[name]) / rate * 0.15
    assert np.abs(np.diff(sound)).max() < 1.2 * fastest, "no step that a sine of that pitch would not make"


def test_no_two_are_alike() -> None:
    lengths = {name: NOTES[name] for name in NAMES}
    assert len(set(lengths.values())) == len(NAMES)
