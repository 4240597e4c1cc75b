"""Users of the same weights share one engine, opened once and closed after the last."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio
import pytest

from swv6.plugins import pool
from swv6.plugins.pool import shared


class Factory:
    """Counts what it opens; can be told to fail, to wait, or to fail at closing."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.open_gate: anyio.Event | None = None
        self.close_gate: anyio.Event | None = None
        self.fail = False
        self.fail_closing = False

    def __call__(self) -> AbstractAsyncContextManager[object]:
        return self._open()

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[object]:
        self.log.append("opening")
        if self.open_gate:
            await self.open_gate.wait()
        if self.fail:
            raise OSError("no memory")
        try:
            yield object()
        finally:
            if self.close_gate:
                await self.close_gate.wait()
            self.log.append("closed")
            if self.fail_closing:
                raise OSError("stuck")


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    """Begin every test with an empty pool."""
    assert pool._held == {}


@pytest.mark.anyio
async def test_two_users_share_one_engine_closed_after_the_last() -> None:
    factory = Factory()
    async with shared("a", factory) as outer:
        async with shared("a", factory) as inner:
            assert inner is outer
        assert factory.log == ["opening"]
    assert factory.log == ["opening", "closed"]
    assert pool._held == {}


@pytest.mark.anyio
async def test_other_keys_have_other_engines() -> None:
    factory = Factory()
    async with shared("a", factory) as a, shared("b", factory) as b:
        assert a is not b


@pytest.mark.anyio
async def test_users_that_come_at_once_wait_for_one_opening() -> None:
    factory, seen = Factory(), set()
    factory.open_gate = anyio.Event()

    async def use() -> None:
        async with shared("a", factory) as engine:
            seen.add(id(engine))
            await anyio.wait_all_tasks_blocked()

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        factory.open_gate.set()
    assert len(seen) == 1
    assert factory.log == ["opening", "closed"]


@pytest.mark.anyio
async def test_a_failing_open_leaves_nothing_and_the_next_try_opens() -> None:
    factory = Factory()
    factory.fail = True
    for _ in range(2):
        with pytest.raises(OSError, match="no memory"):
            async with shared("a", factory):
                pass
        assert pool._held == {}
    factory.fail = False
    async with shared("a", factory):
        pass
    assert factory.log == ["opening", "opening", "opening", "closed"]


@pytest.mark.anyio
async def test_a_user_cancelled_while_opening_leaves_nothing() -> None:
    factory = Factory()
    factory.open_gate = anyio.Event()

    async def use() -> None:
        async with shared("a", factory):
            pass

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(use)
        tasks.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        tasks.cancel_scope.cancel()
    assert pool._held == {}


@pytest.mark.anyio
async def test_who_comes_while_it_closes_gets_a_new_engine_after_the_old_one_is_gone() -> None:
    factory = Factory()
    factory.close_gate = anyio.Event()
    seen: list[object] = []

    async def use() -> None:
        async with shared("a", factory) as engine:
            seen.append(engine)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        tasks.start_soon(use)
        await anyio.wait_all_tasks_blocked()
        assert factory.log == ["opening"]
        factory.close_gate.set()
    assert factory.log == ["opening", "closed", "opening", "closed"]
    assert seen[0] is not seen[1]
    assert pool._held == {}


@pytest.mark.anyio
async def test_an_engine_that_fails_to_close_is_not_lent_again() -> None:
    factory = Factory()
    factory.fail_closing = True
    with pytest.raises(OSError, match="stuck"):
        async with shared("a", factory):
            pass
    assert pool._held == {}


def test_it_works_in_two_event_loops_one_after_the_other() -> None:
    factory = Factory()

    async def use() -> None:
        async with shared("a", factory), anyio.create_task_group() as tasks:
            tasks.start_soon(again)

    async def again() -> None:
        async with shared("a", factory):
            pass

    for _ in range(2):
        anyio.run(use)
    assert factory.log == ["opening", "closed", "opening", "closed"]
