"""Frozen events that stages and conversations report; listeners turn them into everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class StageEnded:
    """A stage's stream ended: whole, failed or cancelled."""

    kind: str
    """`stt`, `llm` or `tts`."""
    backend: str
    first: float | None
    """Seconds to the first item; None when there was none."""
    total: float
    """Seconds."""
    outcome: str
    """`ok`, `failed` or `cancelled`."""


@dataclass(frozen=True, slots=True)
class FellBack:
    """A backend was passed over."""

    kind: str
    backend: str
    reason: str
    """One line."""
    skipped: bool = False
    """True when it was not even tried, because its breaker is open."""


@dataclass(frozen=True, slots=True)
class CacheUsed:
    """A cache was asked."""

    kind: str
    backend: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should be told."""

    text: str
    """One line."""


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A microphone or a speaker was unplugged, or answers no more; it is being opened again."""

    kind: str
    """`microphone` or `speaker`."""
    reason: str
    """One line."""


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """A device was opened in the place of a lost one."""

    kind: str
    name: str
    """The device's, or its backend's where it has none."""


@dataclass(frozen=True, slots=True)
class TurnBegan:
    """Speech began; whatever was being said is interrupted."""

    at: float
    """Seconds on the session clock."""


@dataclass(frozen=True, slots=True)
class HeardSoFar:
    """What a turn says that may not have ended yet."""

    text: str


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """A turn has ended: it is being answered."""

    turn: int


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The conversation does something else now."""

    state: str
    """`listening`, `hearing`, `thinking`, `speaking` or `asleep`."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the microphone is, ten times a second of sound."""

    rms: float
    """Root mean square of 0.1 s of sound, 0..1."""


@dataclass(frozen=True, slots=True)
class Muted:
    """The microphone was muted by hand, or is heard again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """The talk key began a turn, or ended it."""

    down: bool


@dataclass(frozen=True, slots=True)
class Asleep:
    """Nothing is listened to but the wake words."""

    words: tuple[str, ...]
    """What wakes it."""


@dataclass(frozen=True, slots=True)
class Awake:
    """A wake word was heard: the ear is open."""

    word: str


@dataclass(frozen=True, slots=True)
class Guessed:
    """An answer was prepared during a pause."""

    adopted: bool
    """False when the turn went on and the answer was thrown away."""


@dataclass(frozen=True, slots=True)
class BargedIn:
    """Somebody spoke over an answer."""

    interrupted: bool
    """False when it was only a sign of listening, or a noise: the answer goes on."""
    text: str
    """What was said over it."""


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """A turn was transcribed."""

    turn: int
    text: str
    backend: str
    elapsed: float
    """Seconds of transcription."""


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A clause of the answer goes to the voice."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class FirstSound:
    """The first sound of a reply left for the speaker."""

    turn: int
    after_decision: float
    """Seconds since the turn's end was decided."""
    after_speech: float
    """Seconds since the last speech sample was heard."""
    thinking: bool
    """True when the language model had not finished yet."""


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """A reply ended."""

    turn: int
    heard: str
    """What of the answer was actually played."""
    outcome: str
    """`ok`, `interrupted`, `failed` or `empty`."""
    stt: float
    """Seconds of transcription."""
    llm: float
    """Seconds from the transcript to the first delta."""
    tts: float
    """Seconds from the first clause to its first sound."""
    total: float
    """Seconds from the decision that the turn had ended to the first sound."""


Event: TypeAlias = (
    StageEnded
    | FellBack
    | CacheUsed
    | Notice
    | DeviceLost
    | DeviceBack
    | TurnBegan
    | Asleep
    | Awake
    | HeardSoFar
    | TurnEnded
    | StateChanged
    | Level
    | Muted
    | Keyed
    | Guessed
    | BargedIn
    | TurnHeard
    | ReplyText
    | FirstSound
    | ReplyEnded
)
Report: TypeAlias = Callable[[Event], None]
"""Where events go. Must return quickly and never raise."""


def nobody(event: Event) -> None:
    """Listen to nothing."""
