"""Tiny stages and devices for the tests of the loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import anyio
import numpy as np

from swv6.conversation.parts import Parts
from swv6.errors import BackendError
from swv6.telemetry.events import Event
from swv6.types import LLM, STT, TTS, Audio, Chat, Transcript

if TYPE_CHECKING:
    from swv6.types import Samples

RATE = 16_000
FRAME_SECONDS = 0.032
"""Seconds in a frame of 512 samples."""


def sound(seconds: float, level: float = 0.5, rate: int = RATE) -> Audio:
    """Make sound whose samples all have one value."""
    return Audio(np.full(round(seconds * rate), level, np.float32), rate)


class LevelVAD:
    """Takes the first sample of a frame for the probability of speech."""

    rate = RATE
    frame = 512

    def __call__(self, frame: Samples, /) -> float:
        """Return the first sample."""
        assert frame.shape == (self.frame,)
        return float(frame[0])

    def reset(self) -> None:
        """Forget nothing: there is no state."""


def hears(text: str) -> STT:
    """Recognise `text` in every sound."""

    async def stt(audio: Audio) -> AsyncIterator[Transcript]:
        yield Transcript(text[: len(text) // 2], final=False)
        yield Transcript(text)

    return stt


@dataclass
class Thinker:
    """A language model that answers its deltas, one each `pause` seconds, and may die after `dies_after` of them."""

    deltas: Sequence[str]
    pause: float = 0.0
    dies_after: int | None = None
    asked: list[Chat] = field(default_factory=list)
    given: int = 0

    async def __call__(self, chat: Chat, /) -> AsyncIterator[str]:
        """Stream the deltas."""
        self.asked.append(chat)
        for delta in self.deltas[: self.dies_after]:
            await anyio.sleep(self.pause)
            self.given += 1
            yield delta
        if self.dies_after is not None:
            await anyio.sleep(self.pause)
            raise BackendError("the server was killed")


def speaks(pause: float = 0.0, chunk: float = 0.1, log: list[str] | None = None) -> TTS:
    """Give each clause 0.1 s of sound a word, in chunks."""

    async def tts(text: str) -> AsyncIterator[Audio]:
        if log is not None:
            log.append(text)
        for _ in text.split():
            await anyio.sleep(pause)
            yield sound(chunk)

    return tts


class FakeSpeaker:
    """Plays in no time; or in real time, when `real_time`, so that a reply can be interrupted."""

    def __init__(self, real_time: bool = False, mark: float = 0.2) -> None:
        self.real_time = real_time
        self.mark = mark
        self.marked = anyio.Event()
        """Set once `mark` seconds were played."""
        self.played = 0.0
        self.sounds: list[Audio] = []
        self.stops = 0
        self.pauses = 0
        self.resumes = 0
        self.gains: list[float] = []
        self.cues: list[Audio] = []
        self.sounding = False
        self.tap: Callable[[Audio], None] | None = None
        self._going = anyio.Event()
        self._going.set()

    async def play(self, audio: Audio, /) -> None:
        """Take in one sound."""
        self.sounds.append(audio)
        if self.real_time:
            self.sounding = True
            try:
                await anyio.sleep(audio.seconds)
            finally:
                self.sounding = False
        await self._going.wait()
        if self.tap is not None:
            self.tap(audio)
        self.played += audio.seconds
        if self.played >= self.mark:
            self.marked.set()

    async def drain(self) -> None:
        """Nothing waits."""

    def stop(self) -> None:
        """Count the stop."""
        self.stops += 1
        self._going.set()

    def pause(self) -> None:
        """Count it, and let no sound end until it goes on."""
        self.pauses += 1
        self._going = anyio.Event()

    def resume(self) -> None:
        """Count it, and go on."""
        self.resumes += 1
        self._going.set()

    def duck(self, gain: float, /) -> None:
        """Keep how loud it is."""
        self.gains.append(gain)

    def cue(self, audio: Audio, /, under: float) -> None:
        """Keep the sound."""
        self.cues.append(audio)


@dataclass
class Log:
    """Keeps the events."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event, /) -> None:
        """Keep one."""
        self.events.append(event)

    def of(self, kind: type) -> list[Event]:
        """Give the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def parts(
    llm: LLM,
    stt: STT | None = None,
    tts: TTS | None = None,
    speaker: FakeSpeaker | None = None,
    report: Log | None = None,
    speakable: Callable[[str], str] = str.strip,
) -> Parts:
    """Put a reply's parts together from fakes."""
    return Parts(
        stt or hears("Bonjour."), llm, tts or speaks(), speaker or FakeSpeaker(), speakable, report or Log(), keep=True
    )
