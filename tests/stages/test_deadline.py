from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import pytest

from swv6.stages.deadline import Stalled, TooSlow, prompt, unstuck
from swv6.stages.streams import owned
from tests.stages.fakes import collect, fake

pytestmark = pytest.mark.anyio


async def test_complaint_25_a_stage_that_never_begins_is_given_up_and_closed() -> None:
    stage = fake(None)
    with pytest.raises(TooSlow, match=r"0\.01 s"):
        await collect(prompt(stage, 0.01)("x"))
    assert stage.closed == 1


async def test_later_items_may_take_any_time() -> None:
    gate = anyio.Event()

    async def slow_later(request: str, /) -> AsyncIterator[str]:
        yield "a"
        await gate.wait()
        yield "b"

    async with owned(prompt(slow_later, 0.01)("x")) as items:
        assert await anext(items) == "a"
        await anyio.sleep(0.03)  # well past the deadline, which must be over
        gate.set()
        assert [item async for item in items] == ["b"]


async def test_no_deadline_runs_while_the_consumer_holds_an_item() -> None:
    async with owned(prompt(fake("a", "b"), 0.01)("x")) as items:
        await anext(items)
        await anyio.sleep(0.03)
        assert await anext(items) == "b"


async def test_a_timeout_of_the_stage_itself_is_its_own_error() -> None:
    with pytest.raises(TimeoutError, match="socket"):
        await collect(prompt(fake(TimeoutError("socket")), 60)("x"))


async def test_an_empty_stream_stays_empty() -> None:
    assert await collect(prompt(fake(), 60)("x")) == []


async def test_a_cancel_is_a_cancel_and_not_a_missed_deadline() -> None:
    stage = fake(None)
    with anyio.move_on_after(0.01) as scope:
        await collect(prompt(stage, 60)("x"))
    assert scope.cancelled_caught
    assert stage.closed == 1


async def test_complaint_4_a_stage_that_stops_half_way_is_given_up_and_closed() -> None:
    stage = fake("a", None)
    items = unstuck(stage, 0.01)("x")
    assert await anext(items) == "a"
    with pytest.raises(Stalled, match=r"0\.01 s"):
        await anext(items)
    assert stage.closed == 1


async def test_complaint_4_a_stage_that_is_held_back_is_not_stuck() -> None:
    async with owned(unstuck(fake("a", "b", "c"), 0.01)("x")) as items:
        await anext(items)
        await anyio.sleep(0.03)
        assert [item async for item in items] == ["b", "c"]
