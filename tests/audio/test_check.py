"""A microphone in numbers, from sounds made for it."""

from __future__ import annotations

import numpy as np
import pytest

from swv6.audio.check import Frame, Measured, measure

SIZE, RATE = 512, 16000


def frames(*spans: tuple[float, float, bool]) -> list[Frame]:
    """Make noise of (seconds, RMS, whether the detector calls it speech)."""
    random, made = np.random.default_rng(0), list[Frame]()
    for seconds, level, speech in spans:
        for _ in range(round(seconds * RATE / SIZE)):
            made.append(Frame(random.normal(0, level, SIZE).astype(np.float32), speech, len(made) * SIZE / RATE))
    return made


def test_quiet_then_speech() -> None:
    m = measure(frames((2.0, 0.001, False), (3.0, 0.1, True)), RATE, quiet=2.0)
    assert m.noise == pytest.approx(0.001, rel=0.1)
    assert m.speech == pytest.approx(0.1, rel=0.02)
    assert m.snr == pytest.approx(40, abs=1)
    assert m.spoken == pytest.approx(3.0, abs=0.1)
    assert m.seconds == pytest.approx(5.0, abs=0.1)
    assert m.disturbed <= SIZE / RATE  # the frame across the border
    assert not m.zero


def test_a_recording_is_quiet_between_its_words() -> None:
    m = measure(frames((1.0, 0.1, True), (1.5, 0.002, False), (1.0, 0.1, True), (3.0, 0.001, False)), RATE)
    assert m.noise == pytest.approx(0.001, rel=0.1)
    assert m.spoken == pytest.approx(2.0, abs=0.1)


def test_a_pop_at_the_start_and_padding_are_not_noise() -> None:
    pop, zeros = frames((0.1, 0.9, False)), [Frame(np.zeros(SIZE, np.float32), False, 9.0)] * 100
    calm = [Frame(f.samples, False, f.at + 0.2) for f in frames((1.5, 0.001, False))]
    assert measure([*pop, *calm], RATE, quiet=2.0).noise == pytest.approx(0.001, rel=0.1)
    assert measure([*calm, *zeros], RATE).noise == pytest.approx(0.001, rel=0.1)


def test_speech_in_the_silence_is_noticed_and_is_not_the_noise() -> None:
    m = measure(frames((1.0, 0.001, False), (1.0, 0.1, True), (2.0, 0.1, True)), RATE, quiet=2.0)
    assert m.disturbed == pytest.approx(1.0, abs=0.1)
    assert m.noise == pytest.approx(0.001, rel=0.1)


def test_digital_zero_and_nothing() -> None:
    m = measure([Frame(np.zeros(SIZE, np.float32), False, n * SIZE / RATE) for n in range(100)], RATE, quiet=2.0)
    assert m.zero
    assert m.noise == 0.0
    assert measure([], RATE).seconds == 0.0


def test_the_dictionary_has_decibels_and_json_numbers() -> None:
    found = Measured(5.0, 0.001, 0.1, 0.5, 0.0, 3.0, 0.0, 0.064, False).as_dict()
    assert found["noise_dbfs"] == -60.0
    assert found["speech_dbfs"] == -20.0
    assert found["snr_db"] == 40.0
    assert found["lost"] == 0.064
