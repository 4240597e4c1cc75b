from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import anyio.lowlevel
import pytest

from swv6.errors import BackendError, ModelError
from swv6.stages.on_demand import on_demand
from swv6.types import Stage
from tests.stages.fakes import Fake, collect, fake

pytestmark = pytest.mark.anyio


class Engine:
    """Something to open, that counts."""

    def __init__(self, stage: Fake, failures: int = 0) -> None:
        self.stage = stage
        self.failures = failures
        self.opened = 0
        self.closed = 0
        self.gate = anyio.Event()
        self.tasks: set[object] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Stage[str, str]]:
        self.tasks.add(asyncio.current_task())
        self.opened += 1
        await self.gate.wait()
        if self.opened <= self.failures:
            raise ModelError("no weights")
        try:
            yield self.stage
        finally:
            self.tasks.add(asyncio.current_task())
            self.closed += 1


async def test_nothing_is_opened_before_the_first_request() -> None:
    engine = Engine(fake("a"))
    engine.gate.set()
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)
        await anyio.lowlevel.checkpoint()
        assert engine.opened == 0
        assert await collect(stage("x")) == ["a"]
        assert (engine.opened, engine.closed) == (1, 0)
        stage.close()
    assert (engine.opened, engine.closed) == (1, 1)
    assert len(engine.tasks) == 1  # entered and left by one task


async def test_many_requests_open_once() -> None:
    engine = Engine(fake("a"))
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)
        async with anyio.create_task_group() as requests:
            for n in range(5):
                requests.start_soon(collect, stage(str(n)))
            await anyio.lowlevel.checkpoint()
            engine.gate.set()
        stage.close()
    assert (engine.opened, sorted(engine.stage.asked)) == (1, ["0", "1", "2", "3", "4"])


async def test_a_cancelled_request_does_not_undo_the_opening() -> None:
    engine = Engine(fake("a"))
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)
        with anyio.move_on_after(0.01) as scope:
            await collect(stage("x"))
        assert scope.cancelled_caught
        engine.gate.set()
        assert await collect(stage("y")) == ["a"]
        assert engine.opened == 1
        stage.close()


async def test_a_failed_opening_reaches_all_who_wait_and_may_be_tried_again() -> None:
    engine = Engine(fake("a"), failures=1)
    failed: list[str] = []
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)

        async def ask() -> None:
            with pytest.raises(ModelError, match="no weights"):
                await collect(stage("x"))
            failed.append("x")

        async with anyio.create_task_group() as requests:
            requests.start_soon(ask)
            requests.start_soon(ask)
            await anyio.lowlevel.checkpoint()
            engine.gate.set()
        assert (failed, engine.opened) == (["x", "x"], 1)
        assert await collect(stage("y")) == ["a"]
        stage.close()
    assert (engine.opened, engine.closed) == (2, 1)


async def test_once_closed_it_stays_closed() -> None:
    engine = Engine(fake("a"))
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)
        stage.close()
        with pytest.raises(BackendError, match="closed"):
            await collect(stage("x"))
    assert engine.opened == 0


async def test_closing_while_it_opens_ends_both() -> None:
    engine = Engine(fake("a"))
    async with anyio.create_task_group() as tasks:
        stage = on_demand(engine.open, tasks)

        async def ask() -> None:
            with pytest.raises(BackendError, match="closed"):
                await collect(stage("x"))

        tasks.start_soon(ask)
        await anyio.wait_all_tasks_blocked()
        stage.close()
        engine.gate.set()
    assert (engine.opened, engine.closed) == (1, 1)


async def test_an_engine_that_closes_badly_is_told_and_hurts_nobody(caplog: pytest.LogCaptureFixture) -> None:
    @asynccontextmanager
    async def bad() -> AsyncIterator[Stage[str, str]]:
        yield fake("a")
        raise OSError("stuck")

    async with anyio.create_task_group() as tasks:
        stage = on_demand(bad, tasks)
        assert await collect(stage("x")) == ["a"]
        stage.close()
    assert "stuck" in caplog.text
