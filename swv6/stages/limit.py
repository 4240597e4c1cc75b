"""Limiting how many streams of one backend run at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

import anyio

from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


def limited(stage: Stage[R, T], at_once: int) -> Stage[R, T]:
    """Let at most `at_once` streams run; the next ones wait, first come, first served."""
    # a semaphore and not a CapacityLimiter: a stream may be closed by another task than the one that began it
    slots = anyio.Semaphore(at_once)

    async def run(request: R, /) -> AsyncIterator[T]:
        await slots.acquire()
        try:
            async with owned(stage(request)) as items:
                async for item in items:
                    yield item
        finally:
            slots.release()

    return run
