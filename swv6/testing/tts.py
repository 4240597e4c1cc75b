"""The contract of voices: subclass `TTSContract`, set `backend` and `options`."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from swv6.testing.stage import StageContract
from swv6.types import Audio


class TTSContract(StageContract):
    """A clause in, float32 mono sound out; nothing for a text with nothing to say."""

    text: ClassVar[str] = "Bonjour. Comment allez-vous aujourd'hui ?"
    """What it is asked to say."""
    seconds: ClassVar[tuple[float, float]] = (0.5, 15.0)
    """How long that may take to say."""

    def request(self) -> str:
        """Give the text."""
        return self.text

    def silly(self) -> list[str]:
        """Give texts that no voice can say."""
        return ["", "   ", "\n", "…", "?!", "😀"]

    def check(self, items: list[Any]) -> None:
        """Assert sound of one rate, of a plausible length."""
        check_sound(items)
        assert self.seconds[0] <= sum(audio.seconds for audio in items) <= self.seconds[1]


def check_sound(items: list[Any]) -> None:
    """Assert that these are `Audio` values of one rate: float32, one dimension, within [-1, 1], none empty."""
    assert items
    assert all(isinstance(audio, Audio) for audio in items)
    assert len({audio.rate for audio in items}) == 1
    assert items[0].rate > 0
    for audio in items:
        assert isinstance(audio.samples, np.ndarray)
        assert audio.samples.dtype == np.float32
        assert audio.samples.ndim == 1
        assert audio.samples.size
        assert np.isfinite(audio.samples).all()
        assert np.abs(audio.samples).max() <= 1.0
