"""Levels of sounds whose level is known."""

from __future__ import annotations

import numpy as np
import pytest

from swv6.audio.levels import cut_off, decibels, noise_floor, peak, rms, silent


def sine(level: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (level * np.sin(2 * np.pi * 440 * np.arange(16000) / 16000)).astype(np.float32)


@pytest.mark.parametrize("level", [0.001, 0.1, 1.0])
def test_a_sine(level: float) -> None:
    assert peak(sine(level)) == pytest.approx(level, rel=0.01)
    assert rms(sine(level)) == pytest.approx(level / np.sqrt(2), rel=0.001)


def test_decibels_of_full_scale_a_tenth_and_nothing() -> None:
    assert decibels(1.0) == 0.0
    assert decibels(0.1) == pytest.approx(-20.0)
    assert decibels(0.0) == decibels(1e-9) == -120.0


def test_overdriven_sound_is_cut_off() -> None:
    assert cut_off(np.clip(3 * sine(1.0), -1, 1)) > 0.5
    assert cut_off(sine(0.9)) == 0.0


def test_only_exact_zeros_are_silent() -> None:
    zeros = np.zeros(100, np.float32)
    assert silent(zeros)
    zeros[7] = 1e-9
    assert not silent(zeros)


def test_no_sound_at_all() -> None:
    nothing = np.empty(0, np.float32)
    assert peak(nothing) == rms(nothing) == cut_off(nothing) == noise_floor([]) == 0.0


def test_a_slammed_door_is_not_the_noise_floor() -> None:
    hiss = np.random.default_rng(0).normal(0, 0.001, (60, 512)).astype(np.float32)
    hiss[10:13] = 0.9
    assert noise_floor(list(hiss)) == pytest.approx(0.001, rel=0.1)
