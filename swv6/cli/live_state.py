"""What the live view knows, made of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from swv6.telemetry import events

if TYPE_CHECKING:
    from swv6.profiles import Profile


@dataclass(slots=True)
class Now:
    """One conversation as it is at this moment."""

    profile: Profile
    keys: bool
    """Whether keys are read."""
    state: str = "loading"
    muted: bool = False
    rms: float = 0.0
    """Of the microphone, 0..1."""
    partial: str = ""
    """What the turn under way says so far."""
    answer: str = ""
    """What was said of the answer under way."""
    line: str | None = None
    """What is being typed."""
    last: events.ReplyEnded | None = None
    """The last reply that was heard."""
    answered: dict[str, str] = field(default_factory=dict)
    """Kind -> the backend that made the last reply."""
    used: dict[str, str] = field(default_factory=dict)
    """Kind -> the backend that answered last."""
    cached: set[str] = field(default_factory=set)
    """Kinds whose last answer came from their cache."""
    passed_over: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind -> backend -> why it was passed over the last time."""

    def take(self, event: events.Event) -> None:
        """Take in one event."""
        match event:
            case events.StateChanged(state):
                self.state, self.partial = state, self.partial if state == "hearing" else ""
                self.rms = 0.0 if state == "speaking" else self.rms  # half-duplex: nothing is measured meanwhile
            case events.Level(rms):
                self.rms = rms
            case events.Muted(on):
                self.muted, self.rms = on, 0.0
            case events.HeardSoFar(text):
                self.partial = text
            case events.ReplyText():
                self.answer = f"{self.answer} {event.text}".strip()
            case events.ReplyEnded():
                self.answer = ""
                if event.total and (self.last is None or event.turn != self.last.turn):  # a repeat is no answer
                    self.last = event
                    self.answered = {**self.used, **dict.fromkeys(self.cached, "cached")}
            case events.FellBack():
                self.passed_over.setdefault(event.kind, {})[event.backend] = event.reason
            case events.StageEnded(outcome="ok"):
                self._answered(event.kind, event.backend, cached=False)
            case events.CacheUsed(hit=True):
                self._answered(event.kind, event.backend, cached=True)
            case _:
                pass

    def _answered(self, kind: str, backend: str, cached: bool) -> None:
        self.used[kind] = backend
        self.passed_over.get(kind, {}).pop(backend, None)
        (self.cached.add if cached else self.cached.discard)(kind)

    def why(self, kind: str) -> str:
        """Say why another backend than the first of its chain answered; empty when the first did."""
        first = getattr(self.profile, kind)[0].backend
        reason = self.passed_over.get(kind, {}).get(first, "")
        return f"{first}: {reason}" if reason and self.used.get(kind, first) != first else ""
