"""Timing each stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from swv6.stages.streams import owned
from swv6.telemetry.events import Report, StageBegan, StageEnded, StageFirst
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


def timed(
    stage: Stage[R, T], kind: str, backend: str, report: Report, clock: Callable[[], float] = time.monotonic
) -> Stage[R, T]:
    """Report the beginning of each stream, its first item and exactly one end; a consumer that leaves early cancels."""

    async def run(request: R, /) -> AsyncIterator[T]:
        report(StageBegan(kind, backend))
        began, first, outcome = clock(), None, "cancelled"
        try:
            async with owned(stage(request)) as items:
                async for item in items:
                    if first is None:
                        first = clock() - began
                        report(StageFirst(kind, backend, first))
                    yield item
            outcome = "ok"
        except Exception:  # a plugin's border
            outcome = "failed"
            raise
        finally:
            report(StageEnded(kind, backend, first, clock() - began, outcome))

    return run
