"""Putting each item of a stream through functions."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")

log = logging.getLogger("swv6.filters")


def mapped(stage: Stage[R, T], functions: Sequence[Callable[[T], T]]) -> Stage[R, T]:
    """Put each item through `functions`, in order; one that raises is passed over, for that item, with a warning."""

    async def run(request: R, /) -> AsyncIterator[T]:
        async with owned(stage(request)) as items:
            async for item in items:
                for function in functions:
                    item = applied(function, item)
                yield item

    return run


def applied(function: Callable[[T], T], item: T) -> T:
    """Apply a plugin's filter: its mistake must not lose what was heard."""
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - a plugin's border
        name = getattr(function, "__name__", type(function).__name__)
        log.warning("the filter %s failed and was passed over: %s: %s", name, type(error).__name__, error)
        return item
