"""Watching stages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import pytest

from swv6.bench.calls import Calls, path
from swv6.errors import BackendError
from tests.bench.recorded import END, Clock, call, sound

pytestmark = pytest.mark.anyio


async def test_times_of_the_first_and_last_item_are_noted() -> None:
    clock = Clock()

    async def stage(request: str) -> AsyncIterator[str]:
        for word in request.split():
            clock.now += 1
            yield word
        clock.now += 1

    calls = Calls(clock)
    watched = calls.watched("llm", stage)
    assert [word async for word in watched("un deux trois")] == ["un", "deux", "trois"]
    (made,) = calls.made
    assert (made.began, made.first, made.last, made.ended) == (END, END + 1, END + 3, END + 4)
    assert (made.request, made.items, made.outcome) == ("un deux trois", ["un", "deux", "trois"], "ok")


async def test_leaving_early_closes_the_stage_and_is_a_cancel() -> None:
    closed = list[bool]()

    async def stage(request: str) -> AsyncIterator[str]:
        try:
            yield request
            yield request
        finally:
            closed.append(True)

    calls = Calls()
    async with aclosing(cast("Any", calls.watched("llm", stage)("x"))) as items:
        await anext(items)
    assert closed == [True]
    assert calls.made[0].outcome == "cancelled"


async def test_a_failure_passes_through() -> None:
    async def stage(request: str) -> AsyncIterator[str]:
        yield request
        raise BackendError("broken")

    calls = Calls()
    with pytest.raises(BackendError, match="broken"):
        [item async for item in calls.watched("tts", stage)("x")]
    assert calls.made[0].outcome == "failed"


async def test_the_path_goes_back_from_the_sound_that_was_heard() -> None:
    old, new = sound(), sound()
    calls = Calls(made=[
        call("stt", None, 0, 1, 1, "a"), call("llm", None, 1, 2, 2, "b"), call("tts", None, 2, 3, 3, old),
        call("stt", None, 2.5, 4, 4, "c"), call("llm", None, 4, 5, 5, "d"), call("tts", None, 5, 6, 6, new),
    ])  # fmt: skip
    first, second = path(calls, old), path(calls, new)
    assert first is not None
    assert second is not None
    assert (first.stt.items, first.llm.items) == (["a"], ["b"])
    assert (second.stt.items, second.llm.items) == (["c"], ["d"])
    assert path(calls, sound()) is None
