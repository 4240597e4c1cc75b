"""The contract of a wake word, as tests.

class TestMine(WakeWordContract):
    backend = next(iter(my_plugin.swv6_wake_word()))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from swv6.errors import BackendError
from swv6.testing.backend import BackendContract
from swv6.types import WakeWord

if TYPE_CHECKING:
    from swv6.types import Samples


class WakeWordContract(BackendContract):
    """Subclass it with `backend` (and `options`)."""

    async def test_says_what_it_listens_for(self) -> None:
        """There is at least one word, and frames have a usable size."""
        async with self.opened() as wake_word:
            assert wake_word.words
            assert all(word.strip() for word in wake_word.words)
            assert wake_word.rate in (8000, 16000, 24000, 32000, 48000)
            assert 0.005 <= wake_word.frame / wake_word.rate <= 0.1

    async def test_silence_and_noise_wake_nobody(self) -> None:
        """Neither digital zero, nor hiss, nor clipping is a word."""
        async with self.opened() as wake_word:
            random = np.random.default_rng(7)
            for level in (0.0, 0.001, 0.1, 10.0):
                samples = random.normal(0, level, 3 * wake_word.rate).astype(np.float32)
                assert words(wake_word, samples) == []

    async def test_leaves_its_frame_alone(self) -> None:
        """The ear gets the same frame."""
        async with self.opened() as wake_word:
            frame = np.full(wake_word.frame, 0.1, np.float32)
            frame.flags.writeable = False
            wake_word(frame)
            assert (frame == np.float32(0.1)).all()

    async def test_a_frame_of_the_wrong_size_is_a_backend_error(self) -> None:
        """It is refused, and the next one is heard."""
        async with self.opened() as wake_word:
            for size in (0, wake_word.frame - 1, wake_word.frame + 1):
                with pytest.raises(BackendError):
                    wake_word(np.zeros(size, np.float32))
            assert wake_word(np.zeros(wake_word.frame, np.float32)) is None

    async def test_two_at_once_do_not_disturb_each_other(self) -> None:
        """Each has a state of its own."""
        async with self.opened() as one, self.opened() as other:
            one(np.zeros(one.frame, np.float32))
            other.reset()
            assert one(np.zeros(one.frame, np.float32)) is None


def words(wake_word: WakeWord, samples: Samples) -> list[str]:
    """Return the words heard in sound at the wake word's rate, in order."""
    size = wake_word.frame
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return [heard for frame in frames if (heard := wake_word(frame)) is not None]
