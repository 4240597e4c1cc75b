"""The probe asks for whole frames and leaves the detector as it was."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from swv6.audio.vad_probe import probe

if TYPE_CHECKING:
    from swv6.types import Samples


class Counting:
    """A detector that counts, and takes a while."""

    rate = 16000
    frame = 512
    frames = 0
    resets = 0

    def __call__(self, frame: Samples, /) -> float:
        assert len(frame) == self.frame
        self.frames += 1
        time.sleep(0.002)
        return 0.0

    def reset(self) -> None:
        self.resets += 1


def test_measures_a_chunk() -> None:
    vad = Counting()
    took = probe(vad, seconds_per_chunk=0.160, rounds=3)
    assert vad.frames == (3 + 1) * 5
    assert vad.resets == 1
    assert took >= 5 * 0.002


@pytest.mark.parametrize(("seconds", "frames"), [(0.032, 1), (0.033, 2)])
def test_a_chunk_is_whole_frames(seconds: float, frames: int) -> None:
    vad = Counting()
    probe(vad, seconds, rounds=1)
    assert vad.frames == 2 * frames
