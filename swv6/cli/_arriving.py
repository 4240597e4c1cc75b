"""Text from standard input, as it arrives."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import Semaphore, Thread

from swv6.errors import UsageError
from swv6.text.sentences import Clauses

QUIET = 0.25
"""Seconds without a letter after which a sentence with a space behind it is said: most models need less for a token."""
SILENCE = 1.0
"""Seconds after which one is said that has no space behind it yet: the last one of an answer, whose pipe stays open."""

_PIECE = 1 << 16
_AHEAD = 16
"""Pieces that may wait: a text without an end must not fill the memory."""


async def as_they_come(deltas: AsyncIterator[str]) -> AsyncIterator[str]:
    """Give the clauses of a text that arrives, those that wait only for their next letter after a quiet while."""
    splitter, quiet = Clauses(), 0
    async for delta in deltas:
        quiet = 0 if delta else quiet + 1
        for clause in splitter.feed(delta) if delta else splitter.pause(long=quiet > 1):
            yield clause
    for clause in splitter.flush():
        yield clause


def _no_text(data: bytes, encoding: str) -> UsageError:
    if b"\0" in data:
        return UsageError("standard input is no text", "a sound becomes one: swv6 transcribe FILE")
    return UsageError(f"standard input is no {encoding.upper()} text", "write it as UTF-8")


async def arriving() -> AsyncIterator[str]:
    """Stream what comes, at once; an empty text says that nothing has come for QUIET seconds, a second one for SILENCE.

    Raises UsageError where it is no text in standard input's encoding. The thread that reads is left behind by who no
    longer waits for it.
    """
    loop, pieces, room = asyncio.get_running_loop(), asyncio.Queue[str | UsageError | None](), Semaphore(_AHEAD)

    def read() -> None:
        encoding = sys.stdin.encoding or "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)()
        more: bytes | None = None
        while more is None or more:
            room.acquire()
            try:
                more = os.read(sys.stdin.fileno(), _PIECE)
            except OSError:
                more = b""
            try:
                text: str | UsageError = decoder.decode(more, final=not more)
            except UnicodeDecodeError:
                text, more = _no_text(more, encoding), b""
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                loop.call_soon_threadsafe(pieces.put_nowait, text)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(pieces.put_nowait, None)

    Thread(target=read, name="swv6-stdin", daemon=True).start()
    pauses: list[float | None] = [None]
    while True:
        try:
            async with asyncio.timeout_at(pauses[0]):
                text = await pieces.get()
        except TimeoutError:
            del pauses[0]
            yield ""
            continue
        if text is None:
            return
        if isinstance(text, UsageError):
            raise text
        room.release()
        if text:
            pauses = [loop.time() + QUIET, loop.time() + SILENCE, None]
            yield text
