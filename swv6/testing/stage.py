"""What every stage must do: close, cancel, serve two at once, and answer again afterwards."""

from __future__ import annotations

import reprlib
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from swv6.testing.backend import BackendContract


class StageContract(BackendContract):
    """What holds for speech-to-text, language models and voices alike."""

    def request(self) -> Any:
        """Give a request that must be answered."""
        raise NotImplementedError

    def silly(self) -> list[Any]:
        """Give requests with nothing in them."""
        return []

    def check(self, items: list[Any]) -> None:
        """Assert that `items` answer `request()`."""
        raise NotImplementedError

    def check_silly(self, items: list[Any]) -> None:
        """Assert that `items` answer one of `silly()`."""
        assert items == []

    async def answers(self, stage: Any) -> None:
        """Ask and check."""
        self.check(await collect(stage(self.request())))

    async def test_answers(self) -> None:
        """A request is answered, and the next one too."""
        async with self.opened() as stage:
            await self.answers(stage)
            await self.answers(stage)

    async def test_a_request_with_nothing_in_it_is_no_error(self) -> None:
        """An empty request gives an empty answer."""
        async with self.opened() as stage:
            for request in self.silly():
                items = await collect(stage(request))
                try:
                    self.check_silly(items)
                except AssertionError as error:
                    raise AssertionError(f"{reprlib.repr(request)} was answered with {reprlib.repr(items)}") from error

    async def test_a_stream_left_early_closes(self) -> None:
        """After one item and `aclose` the stage answers again."""
        async with self.opened() as stage:
            stream = stage(self.request())
            await anext(stream)
            await stream.aclose()
            with pytest.raises(StopAsyncIteration):
                await anext(stream)
            await self.answers(stage)

    async def test_an_unstarted_stream_closes(self) -> None:
        """A stream that nobody read costs nothing."""
        async with self.opened() as stage:
            await stage(self.request()).aclose()
            await self.answers(stage)

    @pytest.mark.parametrize("after", [0, 1])
    async def test_cancel_frees_the_caller_and_the_stage(self, after: int) -> None:
        """A cancel before or after the first item is obeyed, and the stage answers again."""
        async with self.opened() as stage:
            with anyio.CancelScope() as scope:
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(self._read, stage, after, scope)
            await self.answers(stage)

    async def _read(self, stage: Any, after: int, scope: anyio.CancelScope) -> None:
        """Read `after` items, then cancel from outside while waiting for the next."""
        async with aclosing(stage(self.request())) as stream, anyio.create_task_group() as tasks:
            for _ in range(after):
                await anext(stream)
            tasks.start_soon(_soon, scope)
            async for _ in stream:
                pass

    async def test_two_at_once_are_both_answered(self) -> None:
        """Two requests at the same time both get their own answer."""
        async with self.opened() as stage, anyio.create_task_group() as tasks:
            tasks.start_soon(self.answers, stage)
            tasks.start_soon(self.answers, stage)

    async def test_opens_twice_at_once(self) -> None:
        """Two users may hold it at the same time; the second keeps it when the first has left."""
        async with self.opened() as stage:
            async with self.opened() as other:
                await self.answers(other)
            await self.answers(stage)

    async def test_leaves_no_thread_after_a_stream_left_early(self) -> None:
        """Closing waits for the work that a stream left behind."""
        before = set(threading.enumerate())
        async with self.opened() as stage:
            stream = stage(self.request())
            await anext(stream)
            await stream.aclose()
        assert not [t for t in threading.enumerate() if t not in before and t.name.startswith("swv6-")]


async def _soon(scope: anyio.CancelScope) -> None:
    """Cancel when the reader has begun to wait."""
    for _ in range(3):
        await anyio.lowlevel.checkpoint()
    scope.cancel()


async def collect(stream: AsyncIterator[Any]) -> list[Any]:
    """Read a stream to its end."""
    return [item async for item in stream]
