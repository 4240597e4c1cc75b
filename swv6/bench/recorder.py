"""The events of one turn: what only the loop knows, and who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic

from swv6.bench.calls import Calls
from swv6.telemetry import events


@dataclass(slots=True)
class Recorder:
    """Hears the events of one conversation."""

    calls: Calls
    clock: Callable[[], float] = monotonic
    counts: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    decided: float | None = None
    """Monotonic time at which the turn's end was decided."""
    vad_end: float | None = None
    """Monotonic time at which the detector heard speech end."""

    def clear(self) -> None:
        """Begin another turn."""
        self.calls.made = []
        self.counts, self.notices = Counter(), []
        self.decided = self.vad_end = None

    def __call__(self, event: events.Event, /) -> None:
        """Take in one event."""
        self.counts[type(event).__name__] += 1
        match event:
            case events.FirstSound():
                now = self.clock()
                self.decided, self.vad_end = now - event.after_decision, now - event.after_speech
            case events.StageEnded(first=float()):
                self.calls.answered_by(event.kind, event.backend)
            case events.CacheUsed(hit=True):
                self.calls.answered_by(event.kind, f"{event.backend}, cached")
            case events.FellBack():
                self.notices.append(f"{event.kind}: {event.backend} passed over: {event.reason}")
            case events.Notice():
                self.notices.append(event.text)
            case _:
                pass


CURRENT: ContextVar[Recorder | None] = ContextVar("swv6_bench_recorder", default=None)
"""Whose conversation the running task belongs to: stages are shared, and so is what they report to."""


def to_current(event: events.Event, /) -> None:
    """Hand an event to the recorder of the conversation in whose task it happened."""
    recorder = CURRENT.get()
    if recorder is not None:
        recorder(event)
