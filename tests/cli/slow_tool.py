"""A tool that never returns, and swallows the first cancel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import anyio
from pydantic import BaseModel

from swv6.plugins import Backend, Options, Scene, Tool, hookimpl


class Nothing(BaseModel):
    """No arguments."""


@hookimpl
def swv6_tool() -> Iterable[Backend[Tool]]:
    yield Backend("slow", "hangs", open=open_slow, options=Options)


@asynccontextmanager
async def open_slow(options: Options) -> AsyncIterator[Tool]:
    """Open it."""
    yield Tool("slow", "hangs", Nothing, hang, (r"\bmeteo\b",), meanwhile="Un instant.", timeout=0.2)


async def hang(arguments: Nothing, scene: Scene) -> str:
    """Never return."""
    with suppress(anyio.get_cancelled_exc_class()):
        await anyio.sleep_forever()
    await anyio.sleep_forever()
    return ""
