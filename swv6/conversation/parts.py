"""What a reply is made with, and when each part of it happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from swv6.telemetry import events
from swv6.types import LLM, STT, TTS, Chat, Speaker


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reply is made with."""

    stt: STT
    llm: LLM
    tts: TTS
    speaker: Speaker
    speakable: Callable[[str], str]
    """A clause as written -> as it is said; empty when there is nothing to say."""
    report: events.Report
    read_ahead: Callable[[Chat], Awaitable[None]] | None = None
    """Lets the language model read a question that is not finished yet; None where the engine cannot."""
    first_words: int = 0
    """Words after which the first clause may be spoken, finished or not; 0 waits for its end."""
    hold: float = 0.0
    """Seconds at most that the language model stands still while the first clause gets its voice: on few cores the two
    slow each other down (facts: the same clause takes 650-1300 ms instead of 250-500 ms). 0 when each has its own."""
    sorry: Callable[[], str] = str
    """Gives what is said when a question could not be recognised; empty says nothing."""
    ducked: float | None = None
    """How loud an answer goes on while somebody speaks over it (0..1); None holds it."""
    keep: bool = False
    """Keep each reply's sound (in memory) for `Reply.sounds`."""


@dataclass(slots=True)
class Times:
    """When things happened, on the monotonic clock; 0 means not yet."""

    speech_end: float = 0.0
    decided: float = 0.0
    understood: float = 0.0
    first_clause: float = 0.0
    first_sound: float = 0.0

    @staticmethod
    def between(begin: float, end: float) -> float:
        """Seconds from one to the other; 0 when either did not happen."""
        return max(0.0, end - begin) if begin and end else 0.0
