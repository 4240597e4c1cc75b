"""A recogniser that is fast and sure: it writes what the sound was, so that every text can be checked."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from hashlib import blake2b
from pathlib import Path

import anyio

from swv6.plugins import STT, Audio, Backend, BackendError, Options, Segment, Transcript, hookimpl

FORBIDDEN = 0.9
"""Peak of a sound that it refuses."""


class FakeOptions(Options):
    """Options of fake."""

    delay: float = 0.0
    """Seconds for one request."""
    deadly: str = ""
    """A file: the first process to find it removes it and dies, without a word."""
    opened: Path | None = None
    """A folder that gets a file for each process that opens it."""
    stubborn: float = 0.0
    """Seconds that it takes to close, whoever cancels; then the folder gets a file `closed`."""


@hookimpl
def swv6_stt() -> Iterable[Backend[STT]]:
    yield Backend("fake", "Writes the sound's digest", open=open_fake, options=FakeOptions)


@asynccontextmanager
async def open_fake(options: FakeOptions) -> AsyncIterator[STT]:
    """Open it."""
    if options.opened:
        (options.opened / str(os.getpid())).touch()

    async def fake(audio: Audio, /) -> AsyncIterator[Transcript]:
        await anyio.sleep(options.delay)
        if options.deadly:
            _die_if_told(Path(options.deadly))
        if abs(audio.samples).max() > FORBIDDEN:
            raise BackendError("too loud for these ears")
        text = heard(audio)
        segment = Segment(text, audio.start, audio.start + audio.seconds, 1.0)
        yield Transcript(text, (segment,), "fr", 1.0, backend="fake", model="fake", duration=audio.seconds)

    try:
        yield fake
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.sleep(options.stubborn)
        if options.stubborn and options.opened:
            (options.opened / "closed").touch()


def _die_if_told(mark: Path) -> None:
    with suppress(FileNotFoundError):
        mark.unlink()
        os._exit(1)


def heard(audio: Audio) -> str:
    """Give the text for a sound."""
    return blake2b(audio.samples.tobytes(), digest_size=8).hexdigest()
