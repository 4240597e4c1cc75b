"""What a turn says so far, known while it is said: shown, read ahead by the language model, and its text if it ends."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.decisions import Grew, Paused
from swv6.errors import BackendError
from swv6.telemetry.events import HeardSoFar, Report
from swv6.transcription.windows import final
from swv6.types import STT, Audio, Transcript

log = logging.getLogger("swv6.partials")
SHARE = 0.3
"""Share of the time that transcribing a turn that is still being said may take: the rest belongs to everybody else."""
SHARE_IN_DIPS = 0.5
"""The same for looks in dips: two in three are followed by a pause, which then needs no transcription of its own."""
TOO_LONG = 1.0
"""Seconds that one look may take: after a longer one there is none in this turn, after two such turns never again."""
UNSURE = 2
"""Words at the end that the next look often changes: they are not read ahead (facts-speed.md, 2)."""


@dataclass(slots=True, eq=False)
class Look:
    """One transcription of a turn that is still being said."""

    audio: Audio
    shown: bool = True
    """The turn goes on: it is shown what is found out."""
    _transcript: Transcript | None = None
    _done: anyio.Event = field(default_factory=anyio.Event)

    async def heard(self) -> Transcript | None:
        """Wait for what it hears; None when nobody could transcribe it."""
        await self._done.wait()
        return self._transcript

    def tell(self, transcript: Transcript | None) -> None:
        """Say what was heard; only what is said first counts."""
        if not self._done.is_set():
            self._transcript = transcript
            self._done.set()

    def holds(self, pause: Paused) -> bool:
        """Say whether its sound is of this turn and holds all that was said before the pause."""
        return self.audio.start == pause.audio.start and self.audio.seconds >= pause.said


@dataclass(slots=True)
class Partials:
    """Transcribes a growing turn, one look at a time."""

    stt: STT
    report: Report
    ahead: Callable[[str], Awaitable[None]] | None = None
    """Reads the sure words of an unfinished question, so that the whole one is answered sooner."""
    off: bool = False
    """For good."""
    _resting: bool = False
    """For the rest of this turn."""
    _slow: int = 0
    """Looks in a row that took too long."""
    _look: Look | None = None
    """The last one of the turn under way."""
    _busy: bool = False
    _last: float = 0.0
    """When the last one was over."""
    _took: float = 0.0
    """Seconds that it took."""

    def grew(self, grew: Grew, tasks: TaskGroup) -> None:
        """Take the turn so far, unless the last look is still under way or was too short a time ago."""
        share = SHARE_IN_DIPS if grew.dip else SHARE
        rested = anyio.current_time() >= self._last + self._took * (1 / share - 1)
        if rested and not (self.off or self._resting or self._busy):
            self._busy, self._look = True, Look(grew.audio)
            tasks.start_soon(self._hear, self._look)

    def paused(self, pause: Paused) -> Look | None:
        """Give the look that has heard, or is about to hear, all that was said; nothing is shown until it goes on."""
        look = self._look
        if look is not None:
            look.shown = False
        return look if look is not None and look.holds(pause) else None

    def resumed(self) -> None:
        """Show what is still being transcribed: the turn goes on."""
        if self._look is not None:
            self._look.shown = True

    def ended(self) -> None:
        """Forget the turn: what is still being transcribed of it is not shown."""
        self._resting = False
        if self._look is not None:
            self._look.shown, self._look = False, None

    async def _hear(self, look: Look) -> None:
        began = anyio.current_time()
        try:
            transcript = await final(self.stt, look.audio)
            self._pace(anyio.current_time() - began)
            look.tell(transcript)
            text = transcript.text.strip()
            if text and look.shown:
                self.report(HeardSoFar(text))
                await self._read(text)
        except BackendError as error:
            self.off = True
            log.info("no partial transcripts: %s", error)
        finally:
            look.tell(None)
            self._busy = False

    def _pace(self, took: float) -> None:
        self._last, self._took = anyio.current_time(), took
        self._resting = took > TOO_LONG
        self._slow = self._slow + 1 if self._resting else 0
        if self._resting:
            self.off = self._slow > 1
            until = "no more" if self.off else "for the rest of this turn no"
            log.info("%s partial transcripts: one took %.2f s, allowed %.2f s", until, took, TOO_LONG)

    async def _read(self, text: str) -> None:
        sure = " ".join(text.split()[:-UNSURE])
        if self.ahead is not None and sure:
            await self.ahead(sure)
