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
    """An engine and how many use it or wait for it."""

    lock: anyio.Lock = field(default_factory=anyio.Lock)
    users: int = 0
    engine: Any = None
    stack: AsyncExitStack | None = None


_held: dict[Hashable, _Held] = {}
"""Engines by key. The only process-wide state: memory is per process too."""


@asynccontextmanager
async def shared(key: Hashable, open: Callable[[], AbstractAsyncContextManager[T]]) -> AsyncIterator[T]:
    """Open an engine for its first user, lend it to the next ones, close it after the last.

    The task that closes it may not be the one that opened it, so `open` must not hold a task group or a cancel scope.
    """
    held = _held.setdefault(key, _Held())
    held.users += 1
    try:
        async with held.lock:
            if held.stack is None:
                stack = AsyncExitStack()
                held.engine = await stack.enter_async_context(open())
                held.stack = stack
        yield held.engine
    finally:
        held.users -= 1
        with anyio.CancelScope(shield=True):
            await _release(key, held)


async def _release(key: Hashable, held: _Held) -> None:
    """Close the engine and forget it when nobody uses it; whoever arrives meanwhile waits and opens it anew."""
    async with held.lock:
        if held.users:
            return
        stack, held.stack, held.engine = held.stack, None, None
        try:
            if stack is not None:
                await stack.aclose()
        finally:
            if not held.users:
                _held.pop(key, None)
