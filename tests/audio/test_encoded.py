"""Sound files of every kind that can be written, read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from swv6.audio.encoded import writer
from swv6.audio.files import read
from swv6.audio.formats import SUFFIXES
from swv6.errors import AudioError
from swv6.types import Audio

RATE = 22050
TONE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(3 * RATE) / RATE)).astype(np.float32)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_written_is_heard(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"tone{suffix}"
    with writer(path, RATE) as file:
        for at in range(0, len(TONE), 5000):
            file.append(Audio(TONE[at : at + 5000], RATE))
            assert not path.exists()
    heard = read(path, RATE).samples
    assert list(tmp_path.iterdir()) == [path]
    assert abs(len(heard) - len(TONE)) < 0.1 * RATE
    spectrum = np.abs(np.fft.rfft(heard[RATE : 2 * RATE]))
    assert abs(int(spectrum.argmax()) - 440) <= 1
    assert 0.3 < np.abs(heard[RATE : 2 * RATE]).max() < 0.7


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_goes_wrong_leaves_the_older_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"tone{suffix}"
    path.write_bytes(b"older")
    file = writer(path, RATE)
    file.append(Audio(TONE, RATE))
    file.discard()
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"older"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_does_not_exist_is_named(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="does not exist"):
        writer(tmp_path / "nowhere" / f"tone{suffix}", RATE)
