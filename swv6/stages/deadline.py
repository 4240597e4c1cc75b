"""Giving up on a backend that does not begin in time, or stops half-way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import anyio

from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


class TooSlow(BackendError):
    """The first item did not come in time."""


def prompt(stage: Stage[R, T], first_within: float, extra: Callable[[R], float] | None = None) -> Stage[R, T]:
    """Raise TooSlow when the first item takes longer than `first_within` seconds; later items may take their time.

    `extra` gives the seconds that a long request has besides.
    """

    async def run(request: R, /) -> AsyncIterator[T]:
        async with owned(stage(request)) as items:
            head = await _head(items, first_within + (extra(request) if extra else 0.0))
            for item in head:
                yield item
            async for item in items:
                yield item

    return run


class Stalled(BackendError):
    """A stream that had begun stopped giving."""


def unstuck(stage: Stage[R, T], next_within: float) -> Stage[R, T]:
    """Raise Stalled when an item after the first takes longer than `next_within` seconds.

    Only the stage's own time counts, not the consumer's: an engine that is held back is not stuck.
    """

    async def run(request: R, /) -> AsyncIterator[T]:
        async with owned(stage(request)) as items:
            async for first in items:
                yield first
                break
            while rest := await _next(items, next_within):
                yield rest[0]

    return run


async def _next(items: AsyncIterator[T], within: float) -> list[T]:
    """Wait for another item; an empty list at the end of the stream."""
    with anyio.move_on_after(within):
        try:
            return [await anext(items)]
        except StopAsyncIteration:
            return []
    raise Stalled(f"nothing more came for {within:g} s")


async def _head(items: AsyncIterator[T], first_within: float) -> list[T]:
    """Wait for the first item; an empty list when the stream ends without one."""
    # not `fail_after`: a TimeoutError of the stage's own is its own failure, not our deadline
    with anyio.move_on_after(first_within):
        try:
            return [await anext(items)]
        except StopAsyncIteration:
            return []
    raise TooSlow(f"no first item within {first_within:g} s")
