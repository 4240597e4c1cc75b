"""A WAV is written whole or not at all."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import read
from swv6.audio.wav import WavWriter, wav_bytes
from swv6.errors import AudioError
from swv6.types import Audio


def _tone(seconds: float, rate: int) -> Audio:
    times = np.arange(round(seconds * rate)) / rate
    return Audio((0.5 * np.sin(2 * np.pi * 300 * times)).astype(np.float32), rate)


def test_bytes_are_a_wav_file() -> None:
    with wave.open(io.BytesIO(wav_bytes(_tone(0.5, 22050)))) as file:
        assert file.getparams()[:4] == (1, 2, 22050, 11025)


def test_too_loud_is_clipped() -> None:
    data = wav_bytes(Audio(np.array([2.0, -2.0, 0.0], np.float32), 16000))
    assert np.frombuffer(data[44:], "<i2").tolist() == [32767, -32767, 0]


def test_pieces_of_any_rate_join_without_a_seam(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with WavWriter(path, 24000) as writer:
        for part in np.array_split(_tone(1.0, 48000).samples, 7):
            writer.append(Audio(part, 48000))
        writer.append(_tone(0.5, 16000))
        assert not path.exists()
    got = read(path, 24000)
    assert got.seconds == pytest.approx(1.5, abs=0.001)
    assert np.abs(got.samples[1000:23000] - _tone(1.0, 24000).samples[1000:23000]).max() < 0.002


def test_the_file_appears_when_closed_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    writer = WavWriter(path, 16000)
    writer.append(_tone(0.1, 16000))
    assert path.read_bytes() == b"old"
    writer.close()
    writer.close()
    assert read(path).seconds == pytest.approx(0.1)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with WavWriter(tmp_path / "a.wav", 16000) as writer:
            writer.append(_tone(0.1, 16000))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not list(tmp_path.iterdir())


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="does not exist") as caught:
        WavWriter(tmp_path / "no" / "a.wav", 16000)
    assert "mkdir" in caught.value.hint


def test_a_place_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.wav").mkdir()
    writer = WavWriter(tmp_path / "a.wav", 16000)
    with pytest.raises(AudioError, match="cannot be written"):
        writer.close()
    assert list(tmp_path.iterdir()) == [tmp_path / "a.wav"]
