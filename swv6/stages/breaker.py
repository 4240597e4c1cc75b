"""Resting a backend that keeps failing."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import Generic, Literal, TypeAlias, TypeVar

from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")

State: TypeAlias = Literal["closed", "open", "half-open"]


class Resting(BackendError):
    """A backend was not tried, because it failed too often or its probe is still running."""


class Breaker(Generic[R, T]):
    """A stage that is not tried for a while after failing several times running.

    A failure is an exception before the first item or in mid-stream; a missed deadline is one when `prompt` is
    inside. A cancellation never is. The first item closes a half-open breaker, but the count of failures goes back
    to zero only when a stream ends well (or its consumer leaves it after the first item): a server that always dies
    in mid-stream trips it too.
    """

    def __init__(self, stage: Stage[R, T], failures: int, rest: float, clock: Callable[[], float]) -> None:
        self.changed: Callable[[State], None] = lambda state: None
        """Told when, from now on, no requests go through, one, or all."""
        self._stage = stage
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._failures = 0
        self._opened: float | None = None
        self._probing = False

    @property
    def state(self) -> State:
        """Say whether requests go through: all (`closed`), none (`open`) or one (`half-open`)."""
        if self._opened is None:
            return "closed"
        return "open" if self._clock() - self._opened < self._rest else "half-open"

    async def __call__(self, request: R, /) -> AsyncIterator[T]:
        probe = self._admit()
        begun = left = False
        try:
            async with owned(self._stage(request)) as items:
                async for item in items:
                    if not begun:
                        begun = True
                        self._answered(probe)
                    left = True
                    yield item
                    left = False
        except Exception:  # a plugin's border
            if left:  # it failed while it was being closed, which says nothing about its answers
                self._left(begun)
            else:
                self._failed(probe and not begun)
            raise
        except BaseException:  # cancelled, or left
            self._left(begun)
            raise
        else:
            self._left(True)
            self._answered(probe and not begun)
        finally:
            if probe and not begun:
                self._probing = False

    def _admit(self) -> bool:
        """Tell whether this request is the probe; raise Resting when it may not pass."""
        state = self.state
        if state == "open" or (state == "half-open" and self._probing):
            raise Resting("resting" if state == "open" else "resting, a probe is on its way")
        if state == "half-open":
            self._probing = True
            self.changed(state)
        return state == "half-open"

    def _answered(self, probe: bool) -> None:
        if probe:
            self._opened, self._probing = None, False
            self.changed("closed")

    def _failed(self, probe: bool) -> None:
        self._failures += 1
        if probe or self._failures >= self._limit:
            self._opened = self._clock()
            self.changed("open")

    def _left(self, begun: bool) -> None:
        if begun:
            self._failures = 0


def guarded(
    stage: Stage[R, T], failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic
) -> Breaker[R, T]:
    """Rest `stage` for `rest` seconds after `failures` failures running, then let one probe through.

    Raises Resting at once for every request that is not let through.
    """
    return Breaker(stage, failures, rest, clock)
