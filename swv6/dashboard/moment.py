"""What happens at this moment, and what has gone wrong lately."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from swv6.telemetry import events

INCIDENTS = 20
"""Things gone wrong that are listed."""
TEXT = 600
"""Characters shown of what is being said."""


@dataclass(slots=True)
class Moment:
    """One conversation as it is now."""

    budget: Mapping[str, float]
    """Seconds of `total`, `stt`, `llm`, `tts`."""
    transcripts: bool
    profile: str = ""
    language: str = ""
    state: str = "loading"
    muted: bool = False
    heard: str = ""
    """What the turn under way says so far."""
    answer: str = ""
    """What was said of the answer under way."""
    answering: int = 0
    """The turn of that answer."""

    def shown(self, elapsed: float) -> dict[str, Any]:
        """Give what the page says; `elapsed` is seconds since the conversation began."""
        said = {"heard": self.heard[-TEXT:], "answer": self.answer[-TEXT:]} if self.transcripts else {}
        names = ("profile", "language", "state", "muted", "transcripts")
        values = {name: getattr(self, name) for name in names}
        return {**values, "elapsed": round(elapsed, 1), "budget": dict(self.budget), **said}

    def changed(self, state: str) -> None:
        """Do something else now."""
        self.state = state
        if state == "hearing":
            self.heard = self.answer = ""

    def saying(self, event: events.ReplyText) -> None:
        """Add a clause of the answer."""
        if self.transcripts:
            before = self.answer if event.turn == self.answering else ""
            self.answer, self.answering = f"{before} {event.text}".strip()[-TEXT:], event.turn


def later(now: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Give what `Moment.shown` gave as it is so many seconds later; what has ended goes on no longer."""
    return now if now["state"] == "ended" else {**now, "elapsed": round(now["elapsed"] + seconds, 1)}


@dataclass(slots=True)
class Counts:
    """What was counted since the conversation began."""

    turns: int = 0
    answered: int = 0
    failed: int = 0
    last: tuple[int, str] = (0, "")
    """The turn that was judged last, and how: a repeat is judged once."""
    others: Counter[str] = field(default_factory=Counter)
    incidents: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=INCIDENTS))

    def judge(self, reply: events.ReplyEnded) -> bool:
        """Count a reply as the budget does; True for one that was heard for the first time."""
        if (reply.turn, "ok") == self.last:
            return False
        if reply.outcome == "failed":
            self.failed += self.last != (reply.turn, "failed")
            self.last = reply.turn, "failed"
        elif reply.total:
            self.failed -= self.last == (reply.turn, "failed")
            self.answered, self.last = self.answered + 1, (reply.turn, "ok")
            return True
        return False

    def shown(self) -> dict[str, Any]:
        """Give what the page says, the newest incident first."""
        return {
            "turns": self.turns,
            "answered": self.answered,
            "failed": self.failed,
            **self.others,
            "incidents": list(self.incidents)[::-1],
        }
