from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from swv6.stages.streams import owned
from tests.stages.fakes import fake

pytestmark = pytest.mark.anyio


class Plain:
    """An iterator that cannot be closed."""

    def __init__(self) -> None:
        self.left = 3

    def __aiter__(self) -> AsyncIterator[int]:
        return self

    async def __anext__(self) -> int:
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return self.left


async def test_the_stream_is_closed_when_the_block_ends() -> None:
    stage = fake("a", "b")
    async with owned(stage("x")) as items:
        assert await anext(items) == "a"
        assert stage.closed == 0
    assert stage.closed == 1


async def test_an_iterator_without_aclose_is_accepted() -> None:
    async with owned(Plain()) as items:
        assert [item async for item in items] == [2, 1, 0]
