"""Where speech ends and sound begins, on sounds whose ends are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.bench.ends import AUDIBLE, WINDOW, first_audible, last_audible
from swv6.types import Audio

RATE = 16_000


def tone(seconds: float, level: float = 0.5) -> np.ndarray:
    """A 200 Hz tone."""
    return (level * np.sin(2 * np.pi * 200 * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)


def between(before: float, speech: float, after: float, noise: float = 0.0) -> Audio:
    """Speech between two silences, over noise."""
    samples = np.concatenate([silence(before), tone(speech), silence(after)])
    hiss = np.random.default_rng(0).normal(0, noise, len(samples)) if noise else 0.0
    return Audio((samples + hiss).astype(np.float32), RATE)


@given(st.floats(0.1, 1), st.floats(0.1, 2), st.floats(0, 3))
def test_the_end_of_speech_is_found_to_a_window(before: float, speech: float, after: float) -> None:
    assert last_audible(between(before, speech, after)) == pytest.approx(before + speech, abs=1.1 * WINDOW)


@pytest.mark.parametrize("noise", [0.001, 0.01, 0.03])
def test_noise_behind_speech_is_not_speech(noise: float) -> None:
    assert last_audible(between(0.5, 1.0, 1.0, noise)) == pytest.approx(1.5, abs=2 * WINDOW)


def test_a_pause_within_speech_is_not_its_end() -> None:
    samples = np.concatenate([tone(0.5), silence(0.8), tone(0.3, level=0.02), silence(1.0)])
    assert last_audible(Audio(samples, RATE)) == pytest.approx(1.6, abs=WINDOW)


def test_speech_up_to_the_last_sample_ends_with_the_sound() -> None:
    audio = Audio(tone(1.0037), RATE)
    assert last_audible(audio) == audio.seconds


def test_silence_has_no_speech() -> None:
    assert last_audible(Audio(silence(1.0), RATE)) == 0.0
    assert last_audible(Audio(silence(0.0), RATE)) == 0.0


def test_the_first_audible_sample_is_the_first_one_over_the_level() -> None:
    samples = silence(0.1)
    samples[700], samples[701], samples[900] = 0.9 * AUDIBLE, -1.1 * AUDIBLE, 0.5
    assert first_audible(samples) == 701
    assert first_audible(samples[:700]) is None
    assert first_audible(silence(0.0)) is None
