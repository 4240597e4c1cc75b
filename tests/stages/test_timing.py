from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import pytest

from swv6.stages.streams import owned
from swv6.stages.timing import timed
from swv6.telemetry.events import StageBegan, StageEnded, StageFirst
from tests.stages.fakes import Clock, Events, collect, fake

pytestmark = pytest.mark.anyio

BEGAN = StageBegan("llm", "one")


async def test_a_whole_stream_is_reported_once_with_its_times() -> None:
    clock, events = Clock(), Events()

    async def stage(request: str, /) -> AsyncIterator[str]:
        clock.now += 2
        yield "a"
        clock.now += 3
        yield "b"

    assert await collect(timed(stage, "llm", "one", events, clock)("x")) == ["a", "b"]
    assert events == [BEGAN, StageFirst("llm", "one", 2.0), StageEnded("llm", "one", 2.0, 5.0, "ok")]


async def test_a_first_item_at_once_counts_as_first() -> None:
    clock, events = Clock(), Events()
    async with owned(timed(fake("a", "b"), "llm", "one", events, clock)("x")) as items:
        await anext(items)
        clock.now += 1
        await anext(items)
    assert events == [BEGAN, StageFirst("llm", "one", 0.0), StageEnded("llm", "one", 0.0, 1.0, "cancelled")]


async def test_a_failure_is_reported_and_raised() -> None:
    events = Events()
    with pytest.raises(OSError, match="gone"):
        await collect(timed(fake("a", OSError("gone")), "llm", "one", events, Clock())("x"))
    assert events == [BEGAN, StageFirst("llm", "one", 0.0), StageEnded("llm", "one", 0.0, 0.0, "failed")]


async def test_a_cancelled_wait_is_cancelled() -> None:
    events = Events()
    with anyio.move_on_after(0.01):
        await collect(timed(fake(None), "llm", "one", events, Clock())("x"))
    assert events == [BEGAN, StageEnded("llm", "one", None, 0.0, "cancelled")]
