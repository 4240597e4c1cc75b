"""Whoever asks the questions: sound files in a microphone's place, or a loudspeaker before a real one."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol, TypeAlias

import anyio

from swv6.bench.ear import Ear
from swv6.bench.questions import Question
from swv6.models.store import Store
from swv6.profiles import Choice
from swv6.stages.opening import opened
from swv6.stages.streams import owned
from swv6.types import Audio, Microphone

Listen: TypeAlias = Callable[[Microphone], Awaitable[None]]
LEAD = 0.5
"""Seconds that a real microphone listens before it is spoken to."""
AFTER = 10.0
"""Seconds of silence after a file: longer than any end of turn takes, or nothing would be answered."""


class Mouth(Protocol):
    """Asks one question at a time."""

    async def ask(self, question: Question, listen: Listen) -> float | None:
        """Ask while `listen` runs; return when the question's true end was spoken (monotonic), None if it was not."""


@dataclass(slots=True)
class Clocked:
    """A microphone whose stream is laid on the monotonic clock: the earliest arrival tells when it began."""

    microphone: Microphone
    clock: Callable[[], float] = monotonic
    origin: float = math.inf
    """Monotonic time of the stream's first sample."""

    live: bool = field(init=False)

    def __post_init__(self) -> None:
        self.live = self.microphone.live

    async def frames(self) -> AsyncIterator[Audio]:
        """Pass the frames on; each of them arrives when its last sample has been spoken, or later."""
        async with owned(self.microphone.frames()) as frames:
            async for frame in frames:
                self.origin = min(self.origin, self.clock() - frame.start - frame.seconds)
                yield frame


@dataclass(frozen=True, slots=True)
class FileMouth:
    """Asks through the `wav` microphone, in real time."""

    choice: Choice
    store: Store

    async def ask(self, question: Question, listen: Listen) -> float | None:
        """Open a microphone that speaks the question's file and then keeps silent."""
        options = self.choice.options.model_copy(
            update={"files": [question.file], "real_time": True, "waits": False, "silence_after": AFTER}
        )
        async with opened(self.choice.model_copy(update={"options": options}), self.store) as microphone:
            clocked = Clocked(microphone)
            await listen(clocked)
        return clocked.origin + question.end if math.isfinite(clocked.origin) else None


@dataclass(slots=True)
class DeviceMouth:
    """Asks through a loudspeaker that the microphone hears."""

    microphone: Microphone
    ear: Ear
    _ended: float | None = field(default=None, init=False)

    async def ask(self, question: Question, listen: Listen) -> float | None:
        """Play the question while the microphone listens; what the loudspeaker says is the clock."""
        self._ended = None
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._speak, question)
            await listen(self.microphone)
            tasks.cancel_scope.cancel()
        self.ear.stop()
        return self._ended

    async def _speak(self, question: Question) -> None:
        await anyio.sleep(LEAD)
        begin = self.ear.played
        await self.ear.play(question.audio)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.ear.drain)
            self._ended = await self.ear.passed(begin + question.end)
