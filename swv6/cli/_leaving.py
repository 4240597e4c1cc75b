"""Ctrl-C while an engine is in the middle of its work: what is being written is, the engine is not waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from swv6.cli.interrupting import leave

PATIENCE = 1.0
"""Seconds that engines have to stop by themselves: one that decodes a batch cannot be called back for many more."""


@asynccontextmanager
async def leaving(patience: float = PATIENCE) -> AsyncIterator[anyio.Lock]:
    """Give a lock to be held while anything is written. Cancelled, the process ends `patience` after it is free.

    It ends as `interrupting.leave` does, unless the block is left before.
    """
    writing, over = anyio.Lock(), anyio.Event()

    async def watch() -> None:
        try:
            await over.wait()
        finally:
            if not over.is_set():
                with anyio.CancelScope(shield=True):
                    await writing.acquire()
                    with anyio.move_on_after(patience):
                        await over.wait()
                    if not over.is_set():
                        leave()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            yield writing
        finally:
            over.set()
