"""The contract of an echo canceller, as tests.

class TestMine(EchoCancellerContract):
    backend = next(iter(my_plugin.swv6_aec()))
"""

from __future__ import annotations

import numpy as np
import pytest

from swv6.errors import BackendError
from swv6.testing.backend import BackendContract
from swv6.types import EchoCanceller

_DELAY = 12
"""Frames of 10 ms between what is played and its echo: a loudspeaker's buffer and a microphone's."""
_QUIETER = 10.0
"""Decibels by which the echo must be quieter after four seconds of it."""


class EchoCancellerContract(BackendContract):
    """Subclass it with `backend` (and `options`)."""

    async def test_frames_last_ten_milliseconds(self) -> None:
        async with self.opened() as canceller:
            assert canceller.rate in (8000, 16000, 32000, 48000)
            assert canceller.frame * 100 == canceller.rate

    async def test_takes_the_echo_out(self) -> None:
        async with self.opened() as canceller:
            played = _speech_like(canceller, 6.0)
            echo = np.concatenate([np.zeros(_DELAY * canceller.frame, np.float32), played])[: len(played)] * 0.4
            heard = _through(canceller, played, echo.astype(np.float32))
        late = 4 * canceller.rate
        assert 10 * np.log10(_power(echo[late:]) / _power(heard[late:])) > _QUIETER

    async def test_lets_speech_through(self) -> None:
        async with self.opened() as canceller:
            said = _speech_like(canceller, 3.0)
            heard = _through(canceller, np.zeros_like(said), said)
        assert heard.dtype == np.float32
        assert len(heard) == len(said)
        assert 0.25 < _power(heard) / _power(said) < 4.0

    async def test_leaves_its_frames_alone(self) -> None:
        async with self.opened() as canceller:
            frame = _speech_like(canceller, 0.01)
            before = frame.copy()
            frame.flags.writeable = False
            canceller.played(frame)
            canceller.clean(frame)
            assert np.array_equal(frame, before)

    async def test_refuses_a_frame_of_another_length(self) -> None:
        async with self.opened() as canceller:
            for run in (canceller.played, canceller.clean):
                with pytest.raises(BackendError):
                    run(np.zeros(canceller.frame + 1, np.float32))


def _through(canceller: EchoCanceller, played: np.ndarray, heard: np.ndarray) -> np.ndarray:
    """Pass both sounds through, frame by frame."""
    cleaned = []
    for at in range(0, len(heard) - canceller.frame + 1, canceller.frame):
        canceller.played(played[at : at + canceller.frame])
        cleaned.append(canceller.clean(heard[at : at + canceller.frame]))
    return np.concatenate(cleaned)


def _speech_like(canceller: EchoCanceller, seconds: float) -> np.ndarray:
    """Make a voice that rises and falls, four syllables a second."""
    times = np.arange(round(seconds * canceller.rate)) / canceller.rate
    phase = 2 * np.pi * (140 * times + 10 * np.sin(2 * np.pi * 0.7 * times))
    voice = sum(np.sin(n * phase) / n for n in range(1, 20))
    breath = np.random.default_rng(7).normal(0.0, 0.2, len(times))
    return np.asarray(0.15 * (voice + breath) * np.abs(np.sin(2 * np.pi * 2 * times)), np.float32)


def _power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(float) ** 2)) + 1e-12
