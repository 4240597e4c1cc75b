"""Limiting how many streams of one backend run at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

import anyio

from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


def limited(stage: Stage[R, T], slots: anyio.Semaphore) -> Stage[R, T]:
    """Let as many streams run as there are slots; the next ones wait, first come, first served.

    A semaphore and not a CapacityLimiter: a stream may be closed by another task than the one that began it.
    """

    async def run(request: R, /) -> AsyncIterator[T]:
        await slots.acquire()
        try:
            async with owned(stage(request)) as items:
                async for item in items:
                    yield item
        finally:
            slots.release()

    return run
