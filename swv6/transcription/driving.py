"""Driving a crew through recordings: bounded reading ahead, results in order, one failure never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import anyio
from anyio import to_thread

from swv6.audio.files import read_blocks
from swv6.errors import AudioError, HardwareError, MissingExtra, ModelError, Swv6Error, Unavailable
from swv6.plugins.executing import Crew
from swv6.stages.filters import applied
from swv6.transcription import piped
from swv6.transcription.jobs import Done, Failed, Heard, Job, Skipped, Tell
from swv6.transcription.keeping import Keeping
from swv6.transcription.windows import RATE, final, joined, windows
from swv6.types import STT, Audio, Transcript, TranscriptFilter

log = logging.getLogger("swv6.transcribe")
CREW_PER_READER = 8
"""Requests under way for each recording that is read at the same time: decoding is some hundred times faster than
hearing, and what is begun together is unfinished together when the run is interrupted."""


async def drive(
    jobs: Iterable[Job], crew: Crew, filters: Sequence[TranscriptFilter], tell: Tell, keeping: Keeping
) -> None:
    """Transcribe recordings in their order; at most `crew.room` windows of sound are in memory.

    `filters` are applied to what the crew heard, here. Every job ends in one Done, Skipped or Failed.
    Raises ModelError, HardwareError, MissingExtra, or Unavailable of several, where no recogniser can be loaded: it may
    load beside the first recordings, and is no failure of theirs.
    """
    run = _Run(crew.stt, filters, tell, keeping, anyio.Semaphore(crew.room))
    reading = anyio.Semaphore(max(1, crew.room // CREW_PER_READER))
    async with anyio.create_task_group() as tasks:
        for job in jobs:
            await reading.acquire()
            tasks.start_soon(run.one, job, reading.release)


async def left(jobs: Sequence[Job], tell: Tell, keeping: Keeping) -> Sequence[Job]:
    """Skip the jobs in front that are done: when all are, no crew needs to be opened."""
    for at, job in enumerate(jobs):
        try:
            seconds = await to_thread.run_sync(keeping.done, job)
        except Swv6Error:
            seconds = None  # it will say so in its turn
        if seconds is None:
            return jobs[at:]
        tell(Skipped(job, seconds))
    return ()


@dataclass(frozen=True, slots=True)
class _Run:
    stt: STT
    filters: Sequence[TranscriptFilter]
    tell: Tell
    keeping: Keeping
    room: anyio.Semaphore

    async def one(self, job: Job, read: Callable[[], None]) -> None:
        """See one job to its end; `read` is called once, when its recording needs not be read any more."""
        once = _Once(read)
        try:
            if (seconds := await to_thread.run_sync(self.keeping.done, job)) is not None:
                self.tell(Skipped(job, seconds))
                return
            began = perf_counter()
            transcript = await self._hear(job, once)
            await to_thread.run_sync(self.keeping.keep, job, transcript)
            self.tell(Done(job, transcript, perf_counter() - began))
        except Swv6Error as error:
            if (reason := _everybody_s(error)) is not None:
                raise reason from error
            log.debug("%s failed", job.source.name, exc_info=error)
            self.tell(Failed(job, _renamed(error, job)))
        finally:
            once()

    async def _hear(self, job: Job, read: _Once) -> Transcript:
        """Put each window of a recording to the recogniser as soon as there is room, and join what is heard."""
        hearing = _Hearing(self, job)
        pieces = windows(read_blocks(job.source.path, RATE, name=job.source.name))
        async with anyio.create_task_group() as tasks:
            number = 0
            while (window := await self._next(hearing, pieces)) is not None:
                tasks.start_soon(hearing.hear, number, window, tasks.cancel_scope)
                number += 1
            read()
        if hearing.error is not None:
            raise hearing.error
        return joined(hearing.parts)

    async def _next(self, hearing: _Hearing, pieces: Iterator[Audio]) -> Audio | None:
        """Read the next window once there is room for it; None at the end."""
        await self.room.acquire()
        window = None
        try:
            window = await to_thread.run_sync(next, pieces, None)
        except Swv6Error as error:
            hearing.error = error
        finally:
            if window is None:
                self.room.release()
        return window


@dataclass(slots=True)
class _Hearing:
    """One recording's windows, heard in any order, told in theirs."""

    run: _Run
    job: Job
    parts: list[Transcript] = field(default_factory=list)
    early: dict[int, Transcript] = field(default_factory=dict)
    error: Swv6Error | None = None

    async def hear(self, number: int, window: Audio, scope: anyio.CancelScope) -> None:
        """Hear one window; a failure ends the recording's other windows."""
        try:
            heard = await final(self.run.stt, window)
            for correct in self.run.filters:
                heard = applied(correct, heard)
            self.early[number] = heard
        except Swv6Error as error:
            self.error = self.error or error
            scope.cancel()
        finally:
            self.run.room.release()
        while (part := self.early.pop(len(self.parts), None)) is not None:
            self.parts.append(part)
            self.run.tell(Heard(self.job, part))


class _Once:
    """Calls a function the first time only."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._function: Callable[[], None] | None = function

    def __call__(self) -> None:
        function, self._function = self._function, None
        if function is not None:
            function()


def _everybody_s(error: Swv6Error) -> Swv6Error | None:
    """Give the error that every recording would meet; None for one recording's own."""
    if not isinstance(error, Unavailable):
        return None
    own = [reason for reason in error.errors if isinstance(reason, ModelError | HardwareError | MissingExtra)]
    if not own or len(own) < len(error.errors):
        return None
    return own[0] if len(own) == 1 else error


def _renamed(error: Swv6Error, job: Job) -> Swv6Error:
    """Name the recording as the user does."""
    name, path = job.source.name, str(job.source.path)
    if isinstance(error, AudioError):
        hint = piped.BARE if name == piped.ARGUMENT and "ffmpeg" in error.hint else error.hint.replace(path, name)
        return AudioError(error.what.replace(path, name), hint)
    if path in error.what or name in error.what:
        return error
    return Swv6Error(f"{name}: {error.what}", error.hint)
