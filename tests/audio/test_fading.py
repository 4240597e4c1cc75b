"""A gain that changes without a click."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.audio.fading import RAMP, Fader


def test_full_level_is_the_same_array() -> None:
    sound = np.ones(10, np.float32)
    assert Fader()(sound, 16000) is sound


def test_it_goes_to_its_goal_in_a_straight_line_and_stays() -> None:
    fader = Fader()
    fader.goal = 0.5
    got = np.concatenate([fader(np.ones(n, np.float32), 1000) for n in (1, 3, 0, 2, 4)])
    assert got == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert got.dtype == np.float32


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 300)), max_size=10))
def test_a_sample_never_differs_from_the_last_by_more_than_the_ramp(goals: list[tuple[float, int]]) -> None:
    fader, got = Fader(), [1.0]
    for goal, count in goals:
        fader.goal = goal
        got += fader(np.ones(count, np.float32), 8000).tolist()
        assert fader.gain == pytest.approx(got[-1])
    assert np.abs(np.diff(got)).max(initial=0.0) <= 1 / (RAMP * 8000) + 1e-6
