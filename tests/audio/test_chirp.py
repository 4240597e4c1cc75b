"""A chirp is found to the sample, in noise and in rooms, and never where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swv6.audio.chirp import HIGH, LEVEL, LOW, chirp, find

if TYPE_CHECKING:
    from swv6.types import Samples

RATE = 16000


def recording(at: int, gain: float, noise: float, seconds: float = 2.0, seed: int = 0) -> Samples:
    """Record a chirp that comes back `gain` times as loud at sample `at`, in white noise."""
    sound = np.random.default_rng(seed).normal(0, noise, round(seconds * RATE)) if noise else np.zeros(32000)
    played = chirp(RATE)
    sound[at : at + len(played)] += gain * played
    return sound.astype(np.float32)


def test_the_chirp_is_where_small_loudspeakers_work() -> None:
    spectrum = np.abs(np.fft.rfft(chirp(RATE))) ** 2
    hertz = np.fft.rfftfreq(len(chirp(RATE)), 1 / RATE)
    assert spectrum[(hertz > 0.9 * LOW) & (hertz < 1.1 * HIGH)].sum() > 0.99 * spectrum.sum()
    assert np.abs(chirp(RATE)).max() == pytest.approx(LEVEL, rel=0.01)
    assert abs(chirp(RATE)[0]) < 1e-3 > abs(chirp(RATE)[-1])


@settings(max_examples=30)
@given(at=st.integers(0, 23000), gain=st.floats(0.03, 2.5), seed=st.integers(0, 9))
def test_it_is_found_to_the_sample(at: int, gain: float, seed: int) -> None:
    echo = find(recording(at, gain, 0.003, seed=seed), RATE)
    assert echo is not None
    assert abs(echo.at * RATE - at) <= 1
    assert echo.level == pytest.approx(gain, rel=0.15)


def test_it_is_found_below_the_noise() -> None:
    echo = find(recording(5000, 0.05, 0.02), RATE)
    assert echo is not None
    assert abs(echo.at * RATE - 5000) <= 1


@pytest.mark.parametrize("seed", range(20))
def test_noise_holds_no_chirp(seed: int) -> None:
    assert find(recording(0, 0.0, 0.05, seconds=3.0, seed=seed), RATE) is None


def test_speech_like_sound_holds_no_chirp() -> None:
    time = np.arange(3 * RATE) / RATE
    voice = sum(np.sin(2 * np.pi * 140 * n * time) / n for n in range(1, 20)) * (np.sin(2 * np.pi * 3 * time) > 0)
    assert find((0.1 * np.asarray(voice)).astype(np.float32), RATE) is None


def test_an_inverted_cable_changes_nothing() -> None:
    upright, inverted = find(recording(5000, 0.5, 0.001), RATE), find(-recording(5000, 0.5, 0.001), RATE)
    assert upright == inverted


def test_the_direct_sound_counts_not_a_louder_reflection() -> None:
    room = recording(5000, 0.3, 0.001) + recording(5800, 0.45, 0.0)
    echo = find(room, RATE)
    assert echo is not None
    assert echo.at == pytest.approx(5000 / RATE, abs=0.001)


@pytest.mark.parametrize("length", [0, 100, 8000])
def test_silence_and_short_recordings(length: int) -> None:
    assert find(np.zeros(length, np.float32), RATE) is None
