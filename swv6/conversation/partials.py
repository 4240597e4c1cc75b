"""What a turn says so far, known while it is said: shown, and read ahead by the language model."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio
from anyio.abc import TaskGroup

from swv6.errors import BackendError
from swv6.telemetry.events import HeardSoFar, Report
from swv6.transcription.windows import final
from swv6.types import STT, Audio

log = logging.getLogger("swv6.partials")
SHARE = 0.3
"""Share of the time that transcribing a turn that is still being said may take: the rest belongs to everybody else."""
TOO_LONG = 1.0
"""Seconds that one look may take; a machine that needs longer shows nothing before the turn ends."""
UNSURE = 2
"""Words at the end that the next look often changes: they are not read ahead (facts-speed.md, 2)."""


@dataclass(slots=True)
class Partials:
    """Transcribes a growing turn, one look at a time."""

    stt: STT
    report: Report
    every: float
    """Seconds between two looks at least; more where one look takes longer than `SHARE` of that."""
    ahead: Callable[[str], Awaitable[None]] | None = None
    """Reads the sure words of an unfinished question, so that the whole one is answered sooner."""
    off: bool = False
    _busy: bool = False
    _turn: int = 0
    _not_before: float = 0.0

    def grew(self, audio: Audio, tasks: TaskGroup) -> None:
        """Take the turn so far, unless the last look is still under way or was too short a time ago."""
        if not (self.off or self._busy or anyio.current_time() < self._not_before):
            self._busy = True
            tasks.start_soon(self._look, audio, self._turn)

    def ended(self) -> None:
        """Forget the turn: what is still being transcribed of it is not shown."""
        self._turn += 1

    async def _look(self, audio: Audio, turn: int) -> None:
        began = anyio.current_time()
        try:
            text = (await final(self.stt, audio)).text.strip()
            self._pace(anyio.current_time() - began)
            if text and turn == self._turn:
                self.report(HeardSoFar(text))
                await self._read(text)
        except BackendError as error:
            self.off = True
            log.info("no partial transcripts: %s", error)
        finally:
            self._busy = False

    def _pace(self, took: float) -> None:
        self._not_before = anyio.current_time() + took * (1 / SHARE - 1)
        if took > TOO_LONG:
            self.off = True
            log.info("no partial transcripts: one took %.2f s, allowed %.2f s", took, TOO_LONG)

    async def _read(self, text: str) -> None:
        sure = " ".join(text.split()[:-UNSURE])
        if self.ahead is not None and sure:
            await self.ahead(sure)
