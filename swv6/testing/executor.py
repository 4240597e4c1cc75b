"""The contract of executors, as tests: every request answered once, with its own answer, wherever it is heard.

class TestMine(ExecutorContract):
    backend = next(iter(my_plugin.swv6_executor()))

The machines must have swv6 installed: the recogniser of the tests is `swv6.testing.recogniser.Scribe`, pickled.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

import anyio
import numpy as np
import pytest

from swv6.errors import Swv6Error
from swv6.plugins.executing import Crew
from swv6.telemetry.events import Event, Notice
from swv6.testing.backend import BackendContract
from swv6.testing.recogniser import DEADLY, OPENED, REFUSED, SLOW, Scribe, written
from swv6.testing.stage import collect
from swv6.types import Audio, Transcript

LENGTH = 0.5
"""Seconds of each request."""


class ExecutorContract(BackendContract):
    """Subclass it with `backend` (and `options`)."""

    patience: ClassVar[float] = 60.0
    """Seconds after which a request counts as lost."""

    @asynccontextmanager
    async def crew(self, scribe: Scribe, events: list[Event] | None = None) -> AsyncIterator[Crew]:
        """Put the recogniser of the tests to work."""
        report = (events if events is not None else list[Event]()).append
        with anyio.fail_after(self.patience):
            async with self.opened() as executor, executor(scribe, report) as crew:
                yield crew

    def check(self, answer: Transcript) -> None:
        """Assert what holds for every answer."""
        assert (answer.final, answer.duration) == (True, LENGTH)

    async def test_each_request_gets_its_own_answer(self) -> None:
        """Three times as many requests as there is room for, at once: sound, rate and place arrive as they were.

        What recognisers report is reported here.
        """
        events, answers = list[Event](), dict[float, list[Transcript]]()
        async with self.crew(Scribe(), events) as crew:
            assert crew.room >= 1
            sounds = [_sound(10.0 + n) for n in range(3 * crew.room)]
            async with anyio.create_task_group() as tasks:
                for sound in sounds:
                    tasks.start_soon(_ask, crew, sound, answers)
        assert {start: [t.text for t in found] for start, found in answers.items()} == {
            sound.start: [written(sound)] for sound in sounds
        }
        for (answer,) in answers.values():
            self.check(answer)
        assert OPENED in [event.text for event in events if isinstance(event, Notice)]

    async def test_what_fails_or_is_cancelled_hurts_no_other(self) -> None:
        """An error comes with its words and hint; a cancelled caller is free at once; both leave the crew usable.

        The crew can be left while a request is at work.
        """
        answers = dict[float, list[Transcript]]()
        async with self.crew(Scribe()) as crew, anyio.create_task_group() as tasks:
            tasks.start_soon(_ask, crew, _sound(11.0), answers)
            with pytest.raises(Swv6Error, match="this sound is refused") as refused:
                await collect(crew.stt(_sound(REFUSED)))
            assert refused.value.hint == "give another one"
            with anyio.move_on_after(0.2) as moved:
                await collect(crew.stt(_sound(SLOW)))
            assert moved.cancelled_caught
            await _ask(crew, _sound(12.0), answers)
            tasks.start_soon(_ask, crew, _sound(SLOW), answers)
            await anyio.sleep(0.05)
            tasks.cancel_scope.cancel()
        assert sorted(answers) == [11.0, 12.0]

    async def test_a_recogniser_that_cannot_be_opened_is_an_error_at_once(self) -> None:
        """What opening it raises says so, in its words, before any request."""
        with pytest.raises(Swv6Error, match="the weights of the tests are not here"):
            async with self.crew(Scribe(broken=True)):
                pass


class RemoteExecutorContract(ExecutorContract):
    """For executors whose recognisers live in other processes, which may die."""

    def check(self, answer: Transcript) -> None:
        """Assert that no recogniser was given more requests at once than it was opened for: others may be idle."""
        super().check(answer)
        assert answer.metrics["inside"] <= answer.metrics["workers"]

    async def test_a_worker_that_dies_loses_nothing(self, tmp_path: Path) -> None:
        """A request whose worker dies is answered by another; so are all those beside it, each once."""
        (tmp_path / "alive").touch()
        answers = dict[float, list[Transcript]]()
        async with self.crew(Scribe(alive=tmp_path / "alive")) as crew, anyio.create_task_group() as tasks:
            for start in (10.0, DEADLY, 11.0, 12.0):
                tasks.start_soon(_ask, crew, _sound(start), answers)
        assert not (tmp_path / "alive").exists()
        assert {start: len(found) for start, found in answers.items()} == {10.0: 1, DEADLY: 1, 11.0: 1, 12.0: 1}


async def _ask(crew: Crew, sound: Audio, answers: dict[float, list[Transcript]]) -> None:
    found = await collect(crew.stt(sound))
    answers.setdefault(sound.start, []).extend(found[-1:])


def _sound(start: float) -> Audio:
    """Make half a second that differs from any other."""
    noise = np.random.default_rng(round(start * 1000)).normal(0, 0.1, round(LENGTH * 16_000))
    return Audio(noise.astype(np.float32), 16_000, start)
