"""Falling back: the next backend answers when one cannot begin."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeAlias, TypeVar

from swv6.errors import BackendError, Unavailable
from swv6.stages.breaker import Resting
from swv6.stages.streams import owned
from swv6.telemetry.events import FellBack, Report
from swv6.types import Stage

log = logging.getLogger("swv6.stages")
R = TypeVar("R")
T = TypeVar("T")

Named: TypeAlias = Sequence[tuple[str, Stage[R, T]]]
"""Backends by name, first choice first."""


class Broken(BackendError):
    """A stream died after it had given items.

    `rest` is the chain of the backends not tried yet: whoever knows that nothing of the items was heard may put the
    same request to it. None when there is none.
    """

    def __init__(self, what: str, rest: Stage[Any, Any] | None) -> None:
        super().__init__(what)
        self.rest = rest


class Empty(BackendError):
    """A backend ended its stream without one item."""


def first_of(stages: Named[R, T], kind: str, report: Report, empty_is_failure: bool = False) -> Stage[R, T]:
    """Answer with the first stage that yields an item; a stage is left only while it has yielded none.

    Errors: Unavailable when none could begin, carrying each one's error; Broken when one died on the way.
    """
    return _chain(tuple(stages), kind, report, empty_is_failure, ())


def _chain(
    stages: Named[R, T], kind: str, report: Report, empty_is_failure: bool, before: tuple[Exception, ...]
) -> Stage[R, T]:
    async def run(request: R, /) -> AsyncIterator[T]:
        errors = list(before)
        for at, (name, stage) in enumerate(stages, start=1):
            begun = False
            try:
                async with owned(stage(request)) as items:
                    async for item in items:
                        begun = True
                        yield item
                if begun or not empty_is_failure:
                    return
                raise Empty(f"{name} answered nothing")
            except Exception as error:  # a plugin's border
                errors.append(error)
                if not isinstance(error, Resting):
                    log.debug("%s: %s failed", kind, name, exc_info=error)
                if at < len(stages):  # what is said of the last one is the error raised
                    report(FellBack(kind, name, one_line(error), skipped=isinstance(error, Resting)))
                if begun:
                    left = stages[at:]
                    rest = _chain(left, kind, report, empty_is_failure, tuple(errors)) if left else None
                    raise Broken(f"{name} broke off: {one_line(error)}", rest) from error
        raise Unavailable(f"no {kind} backend could answer", errors)

    return run


def one_line(error: Exception) -> str:
    """Give the first line of an error, or its type when it says nothing."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
