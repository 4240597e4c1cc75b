"""Speech over an answer: hold or duck the answer, find out what the speech is, then interrupt or go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.parts import Parts
from swv6.errors import BackendError
from swv6.telemetry import events
from swv6.text.endings import echo
from swv6.text.listening import listening
from swv6.transcription.windows import final
from swv6.types import Audio, Transcript

_PIECE = 0.02
"""Seconds: a piece of sound that is voice or not."""
_VOICE = 0.1
"""Share of the loudest piece's level from which a piece is voice: 20 dB under it."""


@dataclass(slots=True)
class Intrusion:
    """One stretch of speech over one answer; the answer is held, or ducked, from the first moment to the verdict."""

    parts: Parts
    language: str
    interrupt: Callable[[Audio, str | None], None]
    """Called once, with the speech so far and, when it has paused, what it says."""
    saying: str = ""
    """What the assistant has said of its answer: hearing that again is no interruption."""
    interrupting: bool = False
    _scope: anyio.CancelScope | None = None
    _judged: anyio.Event = field(default_factory=anyio.Event)

    def __post_init__(self) -> None:
        self._hold()

    def judge(self, audio: Audio, tasks: TaskGroup, paused: bool) -> None:
        """Find out what was said so far; a newer judgement replaces an older one."""
        self._cancel()
        self._scope, self._judged = anyio.CancelScope(), anyio.Event()
        tasks.start_soon(self._judge, audio, paused, self._scope, self._judged)

    def resumed(self) -> None:
        """The speech goes on: what was found out is not all of it."""
        if not self.interrupting:
            self._cancel()
            self._hold()

    async def verdict(self, audio: Audio, tasks: TaskGroup) -> bool:
        """Wait until it is known whether this speech was a turn; the answer goes on when it was not."""
        if self._scope is None and not self.interrupting:
            self.judge(audio, tasks, paused=True)
        if not self.interrupting:
            await self._judged.wait()
        return self.interrupting

    async def _judge(self, audio: Audio, paused: bool, scope: anyio.CancelScope, judged: anyio.Event) -> None:
        with scope:
            try:
                heard = await final(self.parts.stt, audio)
            except BackendError as error:
                self.parts.report(events.Notice(f"what was said over the answer was not understood: {error}"))
                heard = Transcript("")
            text, seconds = heard.text, voiced(audio)
            aside = listening(text, self.language, seconds, heard.confidence) or echo(text, self.saying)
            self.interrupting = not aside
            self.parts.report(events.BargedIn(self.interrupting, text))
            if self.interrupting:
                self.interrupt(audio, text if paused else None)
            else:
                self._go_on()
            judged.set()

    def _hold(self) -> None:
        if self.parts.ducked is None:
            self.parts.speaker.pause()
        else:
            self.parts.speaker.duck(self.parts.ducked)

    def _go_on(self) -> None:
        if self.parts.ducked is None:
            self.parts.speaker.resume()
        else:
            self.parts.speaker.duck(1.0)

    def _cancel(self) -> None:
        if self._scope is not None:
            self._scope.cancel()
            self._scope = None


def voiced(audio: Audio) -> float:
    """Give the seconds of a sound that are nearly as loud as its loudest: the length of what was said in it."""
    import numpy as np

    size = round(_PIECE * audio.rate)
    pieces = audio.samples[: len(audio.samples) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(np.square(pieces, dtype=np.float64), axis=1))
    return _PIECE * int(np.sum(levels > _VOICE * levels.max())) if len(levels) else 0.0
