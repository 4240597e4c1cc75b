"""The last turns as pictures: which stage ran when, around the moment at which the end of the turn was decided."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

from swv6.telemetry import events

KEPT = 8
"""Turns that are shown."""
SPANS = 32
"""Stages shown of one turn, the last ones: looks at what is said so far come before them, and may be many."""
TEXT = 600
"""Characters shown of what was said."""


@dataclass(slots=True)
class Turn:
    """One turn; times are seconds on the monotonic clock until it is looked at."""

    number: int
    decided: float = 0.0
    """0 while nobody has decided that it ended."""
    silence: float = 0.0
    first: float = 0.0
    """Seconds from the decision to the first sound."""
    voice: float = 0.0
    """Seconds from the last speech to the first sound; 0 when it was typed."""
    typed: bool = False
    """Whether nothing was transcribed."""
    reply: events.ReplyEnded | None = None
    spans: deque[tuple[str, str, float, float | None, float, str]] = field(default_factory=lambda: deque(maxlen=SPANS))
    """Kind, backend, begin, first item, end, outcome."""
    said: str = ""
    answer: str = ""

    def shown(self) -> dict[str, Any]:
        """Give what the page draws: milliseconds from the decision."""
        reply = self.reply
        kinds = ("llm", "tts", "total") if self.typed else ("stt", "llm", "tts", "total")
        times = {} if reply is None else {kind: _ms(getattr(reply, kind)) for kind in kinds}
        return {
            "turn": self.number,
            "silence": _ms(self.silence),
            "first": _ms(self.first),
            "voice": _ms(self.voice),
            "outcome": reply.outcome if reply else "",
            **times,
            "spans": [
                [kind, name, *(None if at is None else _ms(at - self.decided) for at in when), outcome]
                for kind, name, *when, outcome in self.spans
            ],
            **({"said": self.said, "answer": self.answer} if self.said or self.answer else {}),
        }


class Turns:
    """The last turns; what was said is kept only where that is allowed."""

    def __init__(self, transcripts: bool) -> None:
        self._transcripts = transcripts
        self._turns: dict[int, Turn] = {}

    def of(self, number: int) -> Turn:
        """Give a turn; the oldest one goes when there are too many."""
        turn = self._turns.get(number)
        if turn is None:
            turn = self._turns[number] = Turn(number)
            while len(self._turns) > KEPT:
                del self._turns[min(self._turns)]
        return turn

    def stage(self, number: int, at: float, event: events.StageEnded) -> None:
        """Note what a stage did, unless it began once the answer was heard already."""
        turn, began = self.of(number), at - event.total
        if not turn.first or began < turn.decided + turn.first:
            first = None if event.first is None else began + event.first
            turn.spans.append((event.kind, event.backend, began, first, at, event.outcome))

    def heard(self, event: events.TurnHeard) -> None:
        """Keep what was asked."""
        if self._transcripts:
            self.of(event.turn).said = event.text[:TEXT]

    def answered(self, event: events.ReplyEnded) -> None:
        """Keep how a reply ended; an answer that is repeated is no other one."""
        turn = self.of(event.turn)
        if turn.reply is None or not turn.reply.total:
            turn.reply = replace(event, heard="")
        if self._transcripts:
            turn.answer = event.heard[:TEXT]

    def shown(self) -> list[dict[str, Any]]:
        """Give the turns that have ended, oldest first."""
        return [turn.shown() for number, turn in sorted(self._turns.items()) if turn.decided]


def _ms(seconds: float) -> int:
    return round(seconds * 1e3)
