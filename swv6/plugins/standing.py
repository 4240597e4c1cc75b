"""A reader asks the model to stand still for a moment, so that the voice has the processor to itself."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import anyio

PATIENCE = 0.15
"""Seconds that a reader waits for a model to stand: three to five tokens on two cores."""


class Standstill:
    """What one answer's reader asks of its model, and what the model says to it.

    A model that computes on threads of its own and can stop between two tokens takes the one of `current` when it
    begins, and calls `heed`; the answers of others are waited for by nobody.
    """

    def __init__(self) -> None:
        self.wanted = False
        """Read by the engine, on its thread, after each token."""
        self._still: anyio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def heed(self) -> None:
        """Promise to stand when `wanted`; on the event loop's thread, when the answer begins."""
        self._still, self._loop = anyio.Event(), asyncio.get_running_loop()

    def stands(self) -> None:
        """Say that nothing is computed any more: it stands still, or the answer has ended. On any thread."""
        if self._still is not None and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._still.set)

    async def ask(self) -> None:
        """Ask for it and wait until it is so, as long as that is sooner than to go on beside each other."""
        if self._still is not None:
            self.wanted = True
            with anyio.move_on_after(PATIENCE):
                await self._still.wait()

    def release(self) -> None:
        """Let it go on with the next item that is read."""
        self.wanted = False


current: ContextVar[Standstill | None] = ContextVar("standstill", default=None)
"""Of the answer that is read in this task."""
