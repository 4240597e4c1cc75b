"""The contract of a turn-end model, as tests.

class TestMine(TurnEndContract):
    backend = next(iter(my_plugin.swv6_turn_end()))
"""

from __future__ import annotations

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from swv6.errors import BackendError
from swv6.testing.backend import BackendContract
from swv6.types import Audio

_RATE = 16_000


class TurnEndContract(BackendContract):
    """Subclass it with `backend` (and `options`)."""

    async def test_gives_probabilities_for_any_sound(self) -> None:
        """Nothing, silence, a moment of noise and a turn of 30 s are all judged."""
        async with self.opened() as turn_end:
            for sound in (_noise(0.0), _noise(1.0, 0.0), _noise(0.02), _noise(30.0), _noise(2.0, 10.0)):
                probability = await turn_end(sound)
                assert isinstance(probability, float)
                assert 0.0 <= probability <= 1.0

    async def test_the_same_sound_gets_the_same_answer(self) -> None:
        """There is no state: each request holds the whole turn."""
        async with self.opened() as turn_end:
            first = await turn_end(_noise(2.0))
            await turn_end(_noise(1.0, 0.0))
            assert await turn_end(_noise(2.0)) == first

    async def test_leaves_its_sound_alone(self) -> None:
        """The samples are read only: the recogniser has them too."""
        async with self.opened() as turn_end:
            sound = _noise(1.0)
            before = sound.samples.copy()
            sound.samples.flags.writeable = False
            await turn_end(sound)
            assert np.array_equal(sound.samples, before)

    async def test_another_rate_is_a_backend_error(self) -> None:
        """Sound at another rate is refused, not misjudged."""
        async with self.opened() as turn_end:
            with pytest.raises(BackendError):
                await turn_end(Audio(np.zeros(8000, np.float32), 8000))

    async def test_the_loop_runs_while_it_works(self) -> None:
        """It is asked in the middle of a conversation: nothing may wait for it."""
        async with self.opened() as turn_end, anyio.create_task_group() as tasks:
            done, beats = anyio.Event(), list[int]()

            async def judge() -> None:
                await turn_end(_noise(8.0))
                done.set()

            tasks.start_soon(judge)
            while not done.is_set():
                beats.append(1)
                await anyio.lowlevel.checkpoint()
            assert len(beats) > 2

    async def test_a_cancel_frees_the_caller_and_it_answers_again(self) -> None:
        """A pause that is over wants no answer."""
        async with self.opened() as turn_end:
            with anyio.move_on_after(0) as scope:
                await turn_end(_noise(8.0))
            assert scope.cancelled_caught
            assert 0.0 <= await turn_end(_noise(1.0)) <= 1.0


def _noise(seconds: float, level: float = 0.1) -> Audio:
    random = np.random.default_rng(7)
    return Audio(random.normal(0, level, round(seconds * _RATE)).astype(np.float32), _RATE)
