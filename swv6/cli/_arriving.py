"""Text from standard input, as it arrives."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Semaphore, Thread

_PIECE = 1 << 16
_AHEAD = 16
"""Pieces that may wait: a text without an end must not fill the memory."""


async def arriving() -> AsyncIterator[str]:
    """Stream what comes, at once; the thread that reads is left behind by who no longer waits for it."""
    loop, pieces, room = asyncio.get_running_loop(), asyncio.Queue[str | None](), Semaphore(_AHEAD)

    def read() -> None:
        decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")
        more: bytes | None = None
        while more is None or more:
            room.acquire()
            try:
                more = os.read(sys.stdin.fileno(), _PIECE)
            except OSError:
                more = b""
            text = decoder.decode(more, final=not more)
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                loop.call_soon_threadsafe(pieces.put_nowait, text)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(pieces.put_nowait, None)

    Thread(target=read, name="swv6-stdin", daemon=True).start()
    while (text := await pieces.get()) is not None:
        room.release()
        if text:
            yield text
