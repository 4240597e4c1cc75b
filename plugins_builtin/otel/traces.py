"""Events -> spans: one trace a turn, a span a stage; names and figures only, never what was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic, time_ns
from typing import Any

from opentelemetry.context import Context
from opentelemetry.trace import Span, Status, StatusCode, Tracer, set_span_in_context

from swv6.plugins import Stamped

OPEN = 8
"""Turns that are remembered, for what a turn's tasks still do after its end."""
TIMES = ("stt", "llm", "tts", "total")
MARKS = {
    "TurnEnded": ("endpoint", ("silence",)),
    "FirstSound": ("first sound", ("after_decision", "after_speech", "thinking")),
    "Guessed": ("speculation", ("adopted",)),
    "BargedIn": ("barge-in", ("interrupted",)),
    "BreakerChanged": ("breaker", ("kind", "backend", "state")),
    "DeviceLost": ("device lost", ("kind",)),
    "DeviceBack": ("device back", ("kind",)),
}
"""Events that are moments of a turn's span, and what of them is kept."""


@dataclass(slots=True)
class _Turn:
    """A turn whose trace is being written."""

    span: Span
    inside: Context
    missed: set[tuple[str, str]] = field(default_factory=set)
    """(kind, backend) of the caches that had no answer."""
    passed: dict[str, str] = field(default_factory=dict)
    """Kind -> the backend that was passed over last."""


class Traces:
    """A listener that makes spans of what stages report when they end."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._turns: dict[int, _Turn] = {}
        self._epoch = time_ns() - round(monotonic() * 1e9)
        self._doing: dict[str, Callable[[Any, _Turn, float], None]] = {
            "TurnBegan": lambda event, turn, at: None,
            "CacheUsed": self._cache,
            "FellBack": self._passed_over,
            "StageEnded": self._stage,
            "ModelLoaded": self._loaded,
            "ToolCalled": self._tool,
            "ReplyEnded": self._replied,
            "SessionBegan": lambda event, turn, at: self._end(self._turns[0], at) if 0 in self._turns else None,
            **{name: self._mark(*what) for name, what in MARKS.items()},
        }

    def __call__(self, stamped: Stamped) -> None:
        """Add one event to its turn's trace."""
        do = self._doing.get(type(stamped.event).__name__)
        if do is not None:
            do(stamped.event, self._turns.get(stamped.turn) or self._begin(stamped), stamped.at)

    def close(self) -> None:
        """End what is open."""
        for turn in self._turns.values():
            self._end(turn, monotonic())

    def _begin(self, stamped: Stamped) -> _Turn:
        if len(self._turns) >= OPEN:
            self._end(self._turns.pop(next(iter(self._turns))), stamped.at)
        number = stamped.turn
        about: dict[str, Any] = {"session.id": stamped.session, "swv6.turn": number}
        name = "turn" if number else "start"
        span = self._tracer.start_span(name, Context(), attributes=about, start_time=self._ns(stamped.at))
        turn = self._turns[number] = _Turn(span, set_span_in_context(span, Context()))
        return turn

    def _end(self, turn: _Turn, at: float) -> None:
        if turn.span.is_recording():
            turn.span.end(self._ns(at))

    def _ns(self, at: float) -> int:
        """Give the nanoseconds since 1970 of a moment on the monotonic clock."""
        return self._epoch + round(at * 1e9)

    def _child(self, turn: _Turn, name: str, began: float, about: dict[str, Any]) -> Span:
        return self._tracer.start_span(name, turn.inside, attributes=about, start_time=self._ns(began))

    def _stage(self, event: Any, turn: _Turn, at: float) -> None:
        about = {"swv6.backend": event.backend, "swv6.outcome": event.outcome}
        if (event.kind, event.backend) in turn.missed:
            turn.missed.discard((event.kind, event.backend))
            about["swv6.cache"] = "miss"
        if event.outcome == "ok" and (passed := turn.passed.pop(event.kind, "")):
            about["swv6.fallback_from"] = passed
        began = at - event.total
        span = self._child(turn, event.kind, began, about)
        if event.first is not None:
            span.add_event("first item", timestamp=self._ns(began + event.first))
        self._finish(span, at, event.outcome)

    def _finish(self, span: Span, at: float, outcome: str) -> None:
        if outcome in ("failed", "late", "wrong"):
            span.set_status(Status(StatusCode.ERROR))
        span.end(self._ns(at))

    def _cache(self, event: Any, turn: _Turn, at: float) -> None:
        if not event.hit:
            turn.missed.add((event.kind, event.backend))
            return
        about = {"swv6.backend": event.backend, "swv6.outcome": "ok", "swv6.cache": "hit"}
        self._child(turn, event.kind, at, about).end(self._ns(at))

    def _passed_over(self, event: Any, turn: _Turn, at: float) -> None:
        turn.passed[event.kind] = event.backend
        about = {"kind": event.kind, "backend": event.backend, "skipped": event.skipped}
        turn.span.add_event("fallback", about, self._ns(at))

    def _loaded(self, event: Any, turn: _Turn, at: float) -> None:
        about = {"swv6.backend": event.backend, "swv6.stage": event.kind}
        self._child(turn, "load", at - event.seconds, about).end(self._ns(at))

    def _tool(self, event: Any, turn: _Turn, at: float) -> None:
        about = {"swv6.tool": event.tool, "swv6.outcome": event.outcome}
        self._finish(self._child(turn, "tool", at - event.seconds, about), at, event.outcome)

    def _mark(self, name: str, fields: tuple[str, ...]) -> Callable[[Any, _Turn, float], None]:
        def mark(event: Any, turn: _Turn, at: float) -> None:
            if turn.span.is_recording():
                turn.span.add_event(name, {key: getattr(event, key) for key in fields}, self._ns(at))

        return mark

    def _replied(self, event: Any, turn: _Turn, at: float) -> None:
        if turn.span.is_recording():
            about = {f"swv6.{name}": getattr(event, name) for name in TIMES}
            turn.span.set_attributes({"swv6.outcome": event.outcome, **about})
            self._finish(turn.span, at, event.outcome)
