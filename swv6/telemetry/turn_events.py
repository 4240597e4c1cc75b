"""What a conversation does."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SessionBegan:
    """Everything is open: a conversation begins."""

    profile: str
    language: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A conversation has ended; everything is being closed."""


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
    """The end of a turn was decided: it is being answered."""

    turn: int
    silence: float = field(default=0.0, compare=False)
    """Seconds of silence after which it was decided; 0 when it was typed."""
    typed: str = field(default="", compare=False)
    """What was typed; what was spoken comes as `TurnHeard`."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The conversation does something else now."""

    state: str
    """`listening`, `hearing`, `thinking`, `speaking` or `asleep`."""


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
    """Seconds from the transcript to the first clause."""
    tts: float
    """Seconds from the first clause to its first sound."""
    total: float
    """Seconds from the decision that the turn had ended to the first sound."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should be told."""

    text: str
    """One line."""
