"""What a turn says so far, shown while it is said; given up where the machine is too slow for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import anyio
from anyio.abc import TaskGroup

from swv6.transcription.windows import final
from swv6.errors import BackendError
from swv6.telemetry.events import HeardSoFar, Report
from swv6.types import STT, Audio

log = logging.getLogger("swv6.partials")
SHARE = 0.3
"""Share of the time that transcribing a turn that is still being said may take: the rest belongs to the answer."""


@dataclass(slots=True)
class Partials:
    """Transcribes a growing turn, one attempt at a time."""

    stt: STT
    report: Report
    every: float
    """Seconds between two attempts."""
    off: bool = False
    _busy: bool = False
    _turn: int = 0

    def grew(self, audio: Audio, tasks: TaskGroup) -> None:
        """Take the turn so far, unless the last attempt is still under way."""
        if not (self.off or self._busy):
            self._busy = True
            tasks.start_soon(self._hear, audio, self._turn)

    def ended(self) -> None:
        """Forget the turn: what is still being transcribed of it is not shown."""
        self._turn += 1

    async def _hear(self, audio: Audio, turn: int) -> None:
        began = anyio.current_time()
        try:
            text = (await final(self.stt, audio)).text
        except BackendError as error:
            self.off = True
            log.info("no partial transcripts: %s", error)
            return
        finally:
            self._busy = False
        took = anyio.current_time() - began
        if took > SHARE * self.every:
            self.off = True
            log.info("no partial transcripts: one took %.2f s, allowed %.2f s", took, SHARE * self.every)
        if turn == self._turn and text.strip():
            self.report(HeardSoFar(text))
