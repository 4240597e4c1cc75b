"""A recogniser that executors are tested with: it can be pickled, loads nothing and writes which sound it was given.

Apart from the suite, because the machines of an executor need no pytest.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import anyio

from swv6.errors import BackendError, ModelError
from swv6.telemetry.events import Notice, Report
from swv6.types import STT, Audio, Transcript

REFUSED, SLOW, DEADLY = 1.0, 2.0, 3.0
"""`start` of a sound that is refused, takes until it is cancelled, or ends the process that is given it first."""
OPENED = "the recogniser of the tests is open"
"""What it reports."""


@dataclass(frozen=True, slots=True)
class Scribe:
    """Opens the recogniser; see `swv6.plugins.Recogniser`."""

    workers: int = 2
    broken: bool = False
    """Cannot be opened."""
    alive: Path | None = None
    """A file: the process that is given a deadly sound removes it and dies; where it is gone, nobody does."""

    @asynccontextmanager
    async def open(self, report: Report, /, workers: int = 0, threads: int = 0) -> AsyncIterator[STT]:
        """Open it."""
        if self.broken:
            raise ModelError("the weights of the tests are not here", "look elsewhere")
        report(Notice(OPENED))
        inside = 0

        async def scribe(audio: Audio, /) -> AsyncIterator[Transcript]:
            nonlocal inside
            inside += 1
            try:
                most = inside
                await anyio.sleep(0.01)
                await self._obey(audio.start)
                metrics = {"inside": max(most, inside), "workers": workers or self.workers}
                yield Transcript(written(audio), backend="scribe", duration=audio.seconds, metrics=metrics)
            finally:
                inside -= 1

        yield scribe

    async def _obey(self, start: float) -> None:
        if start == REFUSED:
            raise BackendError("this sound is refused", "give another one")
        if start == SLOW:
            await anyio.sleep_forever()
        if start == DEADLY and self.alive:
            with suppress(FileNotFoundError):
                self.alive.unlink()
                os._exit(1)


def written(audio: Audio) -> str:
    """Give the text for a sound: another sample, rate or place gives another text."""
    return f"{audio.rate} {audio.start} {blake2b(audio.samples.tobytes(), digest_size=8).hexdigest()}"
