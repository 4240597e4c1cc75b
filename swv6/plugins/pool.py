"""One owner per model: users of the same weights share one engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio

T = TypeVar("T")


@dataclass(slots=True)
class _Held:
    """An engine and how many use it."""

    lock: anyio.Lock = field(default_factory=anyio.Lock)
    users: int = 0
    engine: Any = None
    stack: AsyncExitStack | None = None


_held: dict[Hashable, _Held] = {}
"""Engines by key. The only process-wide state: memory is per process too."""


@asynccontextmanager
async def shared(key: Hashable, open: Callable[[], AbstractAsyncContextManager[T]]) -> AsyncIterator[T]:
    """Open an engine for its first user, lend it to the next ones, close it after the last."""
    held = _held.setdefault(key, _Held())
    async with held.lock:
        if held.stack is None:
            stack = AsyncExitStack()
            held.engine = await stack.enter_async_context(open())
            held.stack = stack
        held.users += 1
    try:
        yield held.engine
    finally:
        with anyio.CancelScope(shield=True):
            async with held.lock:
                held.users -= 1
                if not held.users and held.stack is not None:
                    await held.stack.aclose()
                    held.engine = held.stack = None
                    if not held.lock.statistics().tasks_waiting:
                        _held.pop(key, None)
