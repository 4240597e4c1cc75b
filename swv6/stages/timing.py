"""Timing each stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from swv6.stages.streams import owned
from swv6.telemetry.events import Report, StageEnded
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


def timed(
    stage: Stage[R, T], kind: str, backend: str, report: Report, clock: Callable[[], float] = time.monotonic
) -> Stage[R, T]:
    """Report exactly one StageEnded for each stream; `cancelled` also when its consumer leaves early."""

    async def run(request: R, /) -> AsyncIterator[T]:
        began, first, outcome = clock(), None, "cancelled"
        try:
            async with owned(stage(request)) as items:
                async for item in items:
                    if first is None:
                        first = clock() - began
                    yield item
            outcome = "ok"
        except Exception:
            outcome = "failed"
            raise
        finally:
            report(StageEnded(kind, backend, first, clock() - began, outcome))

    return run
