"""What each stage was asked and when it answered; and which of those calls led to the first sound."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from swv6.stages.streams import owned
from swv6.types import Audio, Stage

R = TypeVar("R")
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Call:
    """One request to one stage. Times are on the monotonic clock; 0 means not yet."""

    kind: str
    """`stt`, `llm` or `tts`."""
    request: Any
    began: float
    first: float = 0.0
    """When the first item came."""
    last: float = 0.0
    """When the latest item came."""
    ended: float = 0.0
    outcome: str = "cancelled"
    """`ok`, `failed` or `cancelled`."""
    backend: str = ""
    """Who answered, when it is known."""
    items: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Calls:
    """Every call of one turn, in the order in which they began."""

    clock: Callable[[], float] = monotonic
    made: list[Call] = field(default_factory=list)

    def watched(self, kind: str, stage: Stage[R, T]) -> Stage[R, T]:
        """Return the same stage, each call of which is noted here."""

        async def run(request: R, /) -> AsyncIterator[T]:
            call = Call(kind, request, self.clock())
            self.made.append(call)
            try:
                async with owned(stage(request)) as items:
                    async for item in items:
                        call.last = self.clock()
                        call.first = call.first or call.last
                        call.items.append(item)
                        yield item
                call.outcome = "ok"
            except Exception:  # a plugin's border
                call.outcome = "failed"
                raise
            finally:
                call.ended = self.clock()

        return run

    def of(self, kind: str) -> list[Call]:
        """Give the calls of one kind."""
        return [call for call in self.made if call.kind == kind]

    def answered_by(self, kind: str, backend: str) -> None:
        """Note who answers: the latest call of that kind that nobody has answered yet."""
        for call in reversed(self.made):
            if call.kind == kind and not call.backend:
                call.backend = backend
                return


@dataclass(frozen=True, slots=True)
class Path:
    """The calls that led to the first sound."""

    stt: Call
    llm: Call
    tts: Call


def path(calls: Calls, sound: Audio) -> Path | None:
    """Go back from the first audible `sound` to the voice that made it, the model it spoke for, what that was asked.

    Speculation makes more calls than these, and some begin before the turn has ended. None when `sound` is unknown.
    """
    tts = next((c for c in calls.of("tts") if any(item is sound for item in c.items)), None)
    if tts is None:
        return None
    llm = _latest(c for c in calls.of("llm") if c.first and c.first <= tts.began)
    stt = _latest(c for c in calls.of("stt") if llm and c.last and c.last <= llm.began)
    return Path(stt, llm, tts) if stt and llm else None


def _latest(found: Any) -> Call | None:
    return max(found, key=lambda call: call.began, default=None)
