"""Rates change without losing samples, pitch or seams."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swv6.audio.resample import Resampler, resample
from swv6.errors import MissingExtra


def _tone(rate: int, seconds: float = 1.0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


@pytest.mark.parametrize(("from_rate", "to_rate"), [(48000, 16000), (44100, 16000), (22050, 48000), (8000, 16000)])
def test_a_tone_stays_the_same_tone(from_rate: int, to_rate: int) -> None:
    changed = resample(_tone(from_rate), from_rate, to_rate)
    assert changed.dtype == np.float32
    middle = slice(to_rate // 10, -to_rate // 10)
    assert np.abs(changed[middle] - _tone(to_rate)[middle]).max() < 0.002


def test_equal_rates_need_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "soxr", None)
    tone = _tone(16000)
    assert resample(tone, 16000, 16000) is tone
    stream = Resampler(16000, 16000)
    assert np.array_equal(stream.feed(tone), tone)
    assert not len(stream.flush())


def test_without_soxr_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "soxr", None)
    for change in (lambda: resample(_tone(48000), 48000, 16000), lambda: Resampler(48000, 16000)):
        with pytest.raises(MissingExtra, match="soxr") as caught:
            change()
        assert caught.value.hint == 'pip install "swv6[embedded]"'


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=20), st.sampled_from(["HQ", "MQ"]))
def test_any_cutting_gives_the_whole(sizes: list[int], quality: str) -> None:
    cuts = np.cumsum(sizes)
    tone = _tone(48000)[: cuts[-1]]
    whole, pieces = Resampler(48000, 16000, quality), Resampler(48000, 16000, quality)
    expected = np.concatenate([whole.feed(tone), whole.flush()])
    got = np.concatenate([*(pieces.feed(part) for part in np.split(tone, cuts[:-1])), pieces.flush()])
    assert len(got) == pytest.approx(len(tone) / 3, abs=1)
    assert np.allclose(got, expected, atol=1e-5)


@pytest.mark.parametrize("end", [Resampler.flush, Resampler.clear])
def test_begins_anew_after_its_end(end: object) -> None:
    stream = Resampler(48000, 16000)
    first = np.concatenate([stream.feed(_tone(48000)), stream.flush()])
    stream.feed(_tone(48000, 0.01))
    assert callable(end)
    end(stream)
    assert np.allclose(np.concatenate([stream.feed(_tone(48000)), stream.flush()]), first)
