"""What dictation listens with, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from swv6.conversation.manual import Ears
from swv6.profiles import Profile
from swv6.telemetry import events
from swv6.types import STT, Microphone, Transcript, TurnEnd, WakeWord


@dataclass(frozen=True, slots=True)
class Ear:
    """What dictation listens with."""

    profile: Profile
    microphone: Microphone
    turns: Ears
    stt: STT
    report: events.Report
    turn_end: TurnEnd | None = None
    wake_word: WakeWord | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One turn, as text."""

    start: float
    """Seconds on the microphone's clock."""
    end: float
    """Seconds."""
    transcript: Transcript
