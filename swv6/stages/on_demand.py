"""Opening a backend when it is first asked."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeAlias, TypeVar

import anyio
from anyio.abc import TaskGroup

from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")

Opener: TypeAlias = Callable[[], AbstractAsyncContextManager[Stage[R, T]]]

log = logging.getLogger("swv6.on_demand")


class OnDemand(Generic[R, T]):
    """A stage whose backend is opened once, by the first request, and held open by one task.

    The context is entered and left in that same task (cancel scopes demand it), so a request that is cancelled while
    the backend opens does not undo the opening. A failed opening raises to everyone waiting; the next request tries
    again. `tasks` ends only after `close()`.
    """

    def __init__(self, open_: Opener[R, T], tasks: TaskGroup) -> None:
        self._open = open_
        self._tasks = tasks
        self._closing = anyio.Event()
        self._opening: _Opening[R, T] | None = None

    async def get(self) -> Stage[R, T]:
        """Give the stage, opening it first when needed; raises what the opening raised."""
        if self._closing.is_set():
            raise BackendError("the backend is closed")
        if self._opening is None:
            opening = _Opening[R, T]()
            self._tasks.start_soon(self._keep, opening)
            self._opening = opening
        return await self._opening.result()

    async def __call__(self, request: R, /) -> AsyncIterator[T]:
        stage = await self.get()
        async with owned(stage(request)) as items:
            async for item in items:
                yield item

    def close(self) -> None:
        """Let the keeper leave the context; idempotent, and the task group waits for it."""
        self._closing.set()

    async def _keep(self, opening: _Opening[R, T]) -> None:
        try:
            async with self._open() as stage:
                if not self._closing.is_set():
                    opening.stage = stage
                    opening.done.set()
                await self._closing.wait()
        except Exception as error:  # noqa: BLE001 - a plugin's border
            if opening.done.is_set():
                log.warning("a backend did not close cleanly: %s: %s", type(error).__name__, error)
            opening.error = error
        finally:
            opening.stage = None
            opening.done.set()
            self._opening = None


def on_demand(open_: Opener[R, T], tasks: TaskGroup) -> OnDemand[R, T]:
    """Open a backend by its first request, in a task of `tasks`."""
    return OnDemand(open_, tasks)


class _Opening(Generic[R, T]):
    """One attempt at opening, and how it ended."""

    def __init__(self) -> None:
        self.done = anyio.Event()
        self.stage: Stage[R, T] | None = None
        self.error: Exception | None = None

    async def result(self) -> Stage[R, T]:
        await self.done.wait()
        if self.stage is not None:
            return self.stage
        raise self.error or BackendError("the backend was closed while it opened")
