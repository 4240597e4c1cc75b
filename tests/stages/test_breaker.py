from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from typing import Any, cast

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from swv6.stages.breaker import Breaker, Resting, guarded
from swv6.stages.deadline import TooSlow, prompt
from swv6.stages.streams import owned
from tests.stages.fakes import Clock, Pause, collect, fake

anyio_only = pytest.mark.anyio


def state(breaker: Breaker[str, str]) -> str:
    return breaker.state


@anyio_only
async def test_it_rests_after_the_failures_and_one_probe_closes_it() -> None:
    clock, stage = Clock(), fake(OSError("down"))
    breaker = guarded(stage, 3, 30.0, clock)
    for _ in range(3):
        assert state(breaker) == "closed"
        with pytest.raises(OSError, match="down"):
            await collect(breaker("x"))
    assert state(breaker) == "open"
    with pytest.raises(Resting):
        await collect(breaker("x"))
    assert len(stage.asked) == 3
    clock.now += 30
    assert state(breaker) == "half-open"
    stage.script = ("a",)
    assert await collect(breaker("x")) == ["a"]
    assert state(breaker) == "closed"


@anyio_only
async def test_a_failed_probe_opens_it_again() -> None:
    clock, stage = Clock(), fake(OSError("down"))
    breaker = guarded(stage, 1, 30.0, clock)
    for _ in range(2):
        with pytest.raises(OSError, match="down"):
            await collect(breaker("x"))
        assert state(breaker) == "open"
        clock.now += 30


@anyio_only
async def test_a_server_that_always_dies_in_mid_stream_trips_it() -> None:
    breaker = guarded(fake("a", OSError("gone")), 3, 30.0, Clock())
    for _ in range(3):
        with pytest.raises(OSError, match="gone"):
            await collect(breaker("x"))
    assert state(breaker) == "open"


@anyio_only
async def test_a_missed_deadline_is_a_failure() -> None:
    breaker = guarded(prompt(fake(None), 0.01), 1, 30.0, Clock())
    with pytest.raises(TooSlow):
        await collect(breaker("x"))
    assert state(breaker) == "open"


@anyio_only
async def test_leaving_is_never_a_failure() -> None:
    breaker = guarded(fake("a", "b"), 1, 30.0, Clock())
    async with owned(breaker("x")) as items:
        await anext(items)
    assert state(breaker) == "closed"


@anyio_only
async def test_a_probe_that_begins_and_then_dies_opens_it_again() -> None:
    clock, stage = Clock(), fake(OSError("down"))
    breaker = guarded(stage, 2, 30.0, clock)
    for _ in range(2):
        with pytest.raises(OSError, match="down"):
            await collect(breaker("x"))
    clock.now += 30
    stage.script = ("a", OSError("gone"))
    async with owned(breaker("x")) as items:
        assert await anext(items) == "a"
        assert state(breaker) == "closed"
        with pytest.raises(OSError, match="gone"):
            await anext(items)
    assert state(breaker) == "open"


@anyio_only
async def test_a_failed_probe_reopens_it_whatever_an_older_stream_did_meanwhile() -> None:
    clock, stage = Clock(), fake("a")
    breaker = guarded(stage, 2, 30.0, clock)
    older = breaker("old")
    assert await anext(older) == "a"
    stage.script = (OSError("down"),)
    for _ in range(2):
        with pytest.raises(OSError, match="down"):
            await collect(breaker("x"))
    assert await collect(older) == []
    assert state(breaker) == "open"
    clock.now += 30
    with pytest.raises(OSError, match="down"):
        await collect(breaker("x"))
    assert state(breaker) == "open"


@anyio_only
async def test_a_stage_that_fails_only_while_it_is_closed_has_not_failed() -> None:
    async def stage(request: str, /) -> AsyncIterator[str]:
        try:
            yield "a"
        finally:
            raise OSError("connection lost while closing")

    breaker = guarded(stage, 1, 30.0, Clock())
    items = cast("AsyncGenerator[str, None]", breaker("x"))
    assert await anext(items) == "a"
    with pytest.raises(OSError, match="closing"):
        await items.aclose()
    assert state(breaker) == "closed"


class Driven:
    """One stream, driven by hand: no event loop, so every interleaving can be made."""

    def __init__(self, stream: AsyncIterator[str], probe: bool) -> None:
        self.stream = cast("AsyncGenerator[str, None]", stream)
        self.probe = probe
        self.begun = False
        self.waits = False
        self._step: Generator[Any, Any, Any] | None = None

    def go(self, error: BaseException | None = None) -> str:
        """Run, or throw `error` into the wait, until the stage pauses (an empty string) or gives an item."""
        step = self._step or self.stream.__anext__().__await__()
        self._step, self.waits = None, False
        try:
            _ = step.send(None) if error is None else step.throw(error)
        except StopIteration as end:
            return str(end.value)
        self._step, self.waits = step, True
        return ""

    def leave(self) -> None:
        """Go away, as a consumer does between items or as a cancel does while it waits for one."""
        if self.waits:
            with pytest.raises(asyncio.CancelledError):
                self.go(asyncio.CancelledError())
        else:
            with pytest.raises(StopIteration):
                self.stream.aclose().__await__().send(None)


@anyio_only
async def test_whoever_asks_is_told_when_requests_go_through_again() -> None:
    clock, told = Clock(), list[str]()
    breaker = guarded(fake(OSError("gone")), failures=2, rest=10, clock=clock)
    breaker.changed = told.append
    for seconds in (0, 0, 1, 10, 10):
        clock.now += seconds
        with pytest.raises((OSError, Resting)):
            await collect(breaker("x"))
    assert told == ["open", "half-open", "open", "half-open", "open"]


class BreakerMachine(RuleBasedStateMachine):
    """Streams that overlap in any way against the rules of the breaker, on a virtual clock."""

    LIMIT, REST = 2, 10.0
    streams: Bundle[Driven] = Bundle("streams")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.orders: list[str] = []
        self.tried = 0
        self.breaker = guarded(self.stage, self.LIMIT, self.REST, self.clock)
        self.failures, self.opened, self.probe = 0, cast("float | None", None), cast("Driven | None", None)
        self.alive: list[Driven] = []

    async def stage(self, request: str, /) -> AsyncIterator[str]:
        self.tried += 1
        while True:
            await Pause()
            order = self.orders.pop()
            if order == "fail":
                raise OSError("down")
            if order == "end":
                return
            yield order

    @property
    def expected(self) -> str:
        if self.opened is None:
            return "closed"
        return "half-open" if self.clock.now - self.opened >= self.REST else "open"

    @rule(target=streams)
    def begin(self) -> Any:
        state, before = self.expected, self.tried
        driven = Driven(self.breaker("x"), state == "half-open")
        if state == "open" or (state == "half-open" and self.probe):
            with pytest.raises(Resting):
                driven.go()
            assert self.tried == before
            return multiple()
        assert driven.go() == ""
        assert self.tried == before + 1
        self.probe = driven if driven.probe else self.probe
        self.alive.append(driven)
        return driven

    def order(self, driven: Driven, order: str) -> str:
        if not driven.waits:
            assert driven.go() == ""
        self.orders = [order]
        return driven.go()

    def over(self, driven: Driven) -> None:
        self.alive.remove(driven)
        if self.probe is driven:
            self.probe = None

    @rule(driven=consumes(streams), target=streams)
    def give(self, driven: Driven) -> Driven:
        assert self.order(driven, "item") == "item"
        driven.begun = True
        if self.probe is driven:
            self.probe, self.opened = None, None
        return driven

    @rule(driven=consumes(streams))
    def fail(self, driven: Driven) -> None:
        with pytest.raises(OSError, match="down"):
            self.order(driven, "fail")
        self.failures += 1
        if self.failures >= self.LIMIT or self.probe is driven:
            self.opened = self.clock.now
        self.over(driven)

    @rule(driven=consumes(streams))
    def end(self, driven: Driven) -> None:
        with pytest.raises(StopAsyncIteration):
            self.order(driven, "end")
        self.failures = 0
        if self.probe is driven:
            self.opened = None
        self.over(driven)

    @rule(driven=consumes(streams))
    def cancel(self, driven: Driven) -> None:
        driven.leave()
        if driven.begun:
            self.failures = 0
        self.over(driven)

    @rule(seconds=st.sampled_from([1.0, 5.0, 10.0]))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def agrees(self) -> None:
        assert self.breaker.state == self.expected

    def teardown(self) -> None:
        for driven in self.alive:
            driven.leave()


TestBreakerMachine = BreakerMachine.TestCase
TestBreakerMachine.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
