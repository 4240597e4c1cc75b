from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import anyio
import numpy as np
import pytest

from swv6.errors import Unavailable
from swv6.models.store import Store
from swv6.plugins import STT, Audio, Backend, Options, Transcript
from swv6.profiles import Choice, Profile
from swv6.profiles.settings import Fallback, FirstItemWithin
from swv6.stages.build import build
from swv6.stages.deadline import Stalled, TooSlow, prompt, unstuck
from swv6.stages.streams import owned
from tests.stages.fakes import Events, collect, fake

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


@pytest.mark.parametrize("live", [True, False])
async def test_a_recording_has_time_by_its_length_and_a_turn_has_not(tmp_path: Path, live: bool) -> None:
    """On a busy machine two minutes of sound failed: the first words came after half a minute."""

    async def hear(audio: Audio, /) -> AsyncIterator[Transcript]:
        await anyio.sleep(0.05)
        yield Transcript("Bonjour.")

    @asynccontextmanager
    async def open_(_: Options) -> AsyncIterator[STT]:
        yield hear

    slow = Choice(backend="slow", options=Options(), offer=Backend("slow", "Slow", open_, Options))
    chains = dict.fromkeys(("llm", "tts", "vad", "microphone", "speaker"), ())
    fallback = Fallback(first_item_within=FirstItemWithin(stt=0.01))
    profile = Profile(name="t", **chains, stt=(slow,), fallback=fallback)  # type: ignore[arg-type]
    minute = Audio(np.zeros(60 * 100, np.float32), 100)
    async with build(profile, Store(tmp_path), Events(), live=live) as builder:
        await builder.open("stt")
        with pytest.raises(Unavailable, match=r"0\.01 s") if live else nullcontext():
            heard = [one.text async for one in builder.chain("stt").stage(minute)]
            assert heard == ["Bonjour."]


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
