"""Owning a stream: whoever starts one also closes it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TypeVar, cast

T = TypeVar("T")


async def _closable(stream: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    async for item in stream:
        yield item


def owned(stream: AsyncIterator[T]) -> aclosing[AsyncGenerator[T, None]]:
    """Close `stream` when the block ends, however it ends; a plain iterator without `aclose` is accepted."""
    closable = stream if hasattr(stream, "aclose") else _closable(stream)
    return aclosing(cast("AsyncGenerator[T, None]", closable))
