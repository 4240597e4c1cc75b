"""One turn of a conversation, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from swv6.types import Audio


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something was said."""

    start: float
    """Seconds on the monotonic clock, or since the session began."""
    end: float
    """Seconds on the same clock."""

    def moved(self, by: float) -> Span:
        """Put it on another clock."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said by whom."""

    number: int
    """From 1, in its conversation."""
    user: str
    assistant: str
    """What was heard of the answer."""
    outcome: str
    """`ok`, `interrupted`, `failed` or `empty`."""
    asked: Span
    answered: Span
    user_sound: Audio | None = None
    assistant_sounds: tuple[Audio, ...] = ()


class Keeps(Protocol):
    """Whoever keeps turns."""

    def keep(self, turn: Turn) -> None:
        """Keep one turn; returns quickly and never raises for want of a disk."""


class Several(tuple[Keeps, ...]):
    """Keeps each turn several times."""

    def keep(self, turn: Turn) -> None:
        """Hand it to everyone."""
        for one in self:
            one.keep(turn)
