"""Partial transcripts: one at a time, of this turn only, and none on a slow machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import pytest

from swv6.conversation.decisions import Grew
from swv6.conversation.partials import Partials
from swv6.errors import BackendError
from swv6.telemetry.events import HeardSoFar
from swv6.types import Audio, Transcript
from tests.conversation.fakes import Log, sound
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    """Let seconds pass on a virtual clock."""
    return BACKEND


class Ear:
    """Hears how long the sound is, in `takes` seconds."""

    def __init__(self, takes: float) -> None:
        self.takes, self.asked = takes, 0

    async def __call__(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        """Recognise."""
        self.asked += 1
        if self.takes < 0:
            raise BackendError("deaf")
        await anyio.sleep(self.takes)
        yield Transcript(f"{audio.seconds:.0f}")


def shown(log: Log) -> list[str]:
    return [e.text for e in log.events if isinstance(e, HeardSoFar)]


async def grow(takes: float, ended_after: int = 99, dip: bool = False) -> tuple[Ear, Log, Partials]:
    """Let a turn grow by a second three times."""
    ear, log = Ear(takes), Log()
    partials = Partials(ear, log)
    async with anyio.create_task_group() as tasks:
        for second in (1, 2, 3):
            partials.grew(Grew(sound(second), dip), tasks)
            if second == ended_after:
                partials.ended()
            await anyio.sleep(1)
    return ear, log, partials


async def test_each_second_is_shown() -> None:
    _, log, partials = await grow(0.1)
    assert shown(log) == ["1", "2", "3"]
    assert not partials.off


async def test_a_slow_machine_looks_more_rarely() -> None:
    ear, log, partials = await grow(0.5)
    assert (ear.asked, shown(log), partials.off) == (2, ["1", "3"], False)


async def test_a_slow_machine_looks_at_more_dips() -> None:
    ear, log, _ = await grow(0.5, dip=True)
    assert (ear.asked, shown(log)) == (3, ["1", "2", "3"])


async def test_a_look_that_takes_too_long_is_the_last_of_its_turn() -> None:
    ear, _, partials = await grow(1.2)
    assert (ear.asked, partials.off) == (1, False)


@pytest.mark.parametrize(("takes", "asked"), [((1.2, 1.2, 0.1), 2), ((1.2, 0.1, 1.2, 0.1), 4)])
async def test_two_turns_in_a_row_in_which_it_takes_too_long_end_it(takes: tuple[float, ...], asked: int) -> None:
    """A long turn, or a machine that stands still for a moment, costs only its own turn."""
    ear = Ear(0.0)
    partials = Partials(ear, Log())
    async with anyio.create_task_group() as tasks:
        for ear.takes in takes:
            partials.grew(Grew(sound(1), False), tasks)
            await anyio.sleep(4)
            partials.ended()
    assert (ear.asked, partials.off) == (asked, asked < len(takes))


async def test_the_sure_words_are_read_ahead() -> None:
    read = list[str]()

    async def ahead(text: str) -> None:
        read.append(text)

    async def ear(audio: Audio, /) -> AsyncIterator[Transcript]:
        yield Transcript(" ".join("abcdef"[: int(audio.seconds)]))

    partials = Partials(ear, Log(), ahead)
    async with anyio.create_task_group() as tasks:
        for second in (1, 2, 3, 4):
            partials.grew(Grew(sound(second), False), tasks)
            await anyio.sleep(1)
    assert read == ["a", "a b"]


async def test_what_belongs_to_a_turn_that_has_ended_is_not_shown() -> None:
    _, log, _ = await grow(0.2, ended_after=3)
    assert shown(log) == ["1", "2"]


async def test_a_recogniser_that_fails_is_not_asked_again() -> None:
    ear, log, partials = await grow(-1)
    assert (ear.asked, shown(log), partials.off) == (1, [], True)
