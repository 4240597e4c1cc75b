"""A conversation against its profile's budget: how late the answers began, and how many turns had one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from swv6.profiles.schema import Budget
from swv6.telemetry import events


def percentile(values: Sequence[float], share: float) -> float:
    """Interpolate linearly between the two values around `share` (0..1), as numpy does by default."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the budget."""

    budget: Budget
    p95: float | None
    """Seconds from the decision that a turn has ended to the first sound; None where nothing was heard."""
    asked: int
    answered: int

    @property
    def met(self) -> bool:
        """Whether the answers were early enough and enough of them came; nothing asked meets nothing."""
        in_time = self.p95 is None or self.p95 <= self.budget.total
        return bool(self.asked) and in_time and self.answered / self.asked >= self.budget.success

    def __str__(self) -> str:
        late = f"p95 {self.p95 * 1e3:.0f} of {self.budget.total * 1e3:.0f} ms, " if self.p95 is not None else ""
        share = f"{self.answered} of {self.asked} turns answered (at least {self.budget.success:.0%})"
        return f"budget {'met' if self.met else 'not met'}: {late}{share}"


@dataclass(slots=True)
class Judge:
    """A listener that counts answers; one that is repeated counts once, one cut short before its sound not at all."""

    budget: Budget
    _late: dict[int, float] = field(default_factory=dict)
    """Turn -> seconds to its first sound."""
    _answered: set[int] = field(default_factory=set)
    """Turns that had an answer, heard or read."""
    _failed: set[int] = field(default_factory=set)

    def __call__(self, event: events.Event, /) -> None:
        """Take in one event."""
        if not isinstance(event, events.ReplyEnded) or event.turn in self._late:
            return
        if event.outcome == "failed":  # also where an apology, or half an answer, was heard
            self._failed.add(event.turn)
        elif event.total or event.outcome == "ok":
            self._answered.add(event.turn)
            self._failed.discard(event.turn)
        if event.total and event.outcome != "failed":
            self._late[event.turn] = event.total

    def beside(self, report: events.Report) -> events.Report:
        """Give a report that tells this judge, then the other."""

        def both(event: events.Event, /) -> None:
            self(event)
            report(event)

        return both

    @property
    def verdict(self) -> Verdict:
        """Judge what was heard so far."""
        late = list(self._late.values())
        answered = len(self._answered)
        return Verdict(self.budget, percentile(late, 0.95) if late else None, answered + len(self._failed), answered)
