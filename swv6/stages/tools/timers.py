"""What is to be said later: it counts only once the answer that promises it is heard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from swv6.telemetry.events import Event, ReplyEnded, ReplyText, Report


@dataclass(slots=True)
class Timers:
    """Holds back what tools ask for while an answer is only prepared, and counts it down once it is given."""

    tasks: TaskGroup
    say: Callable[[str], Awaitable[None]] | None = None
    """Says something of its own accord; None while nobody listens."""
    _pending: list[tuple[float, str]] = field(default_factory=list)
    _counting: list[anyio.CancelScope] = field(default_factory=list)

    def later(self, seconds: float, words: str) -> None:
        """Ask for something to be said in so many seconds."""
        self._pending.append((seconds, words))

    def forget(self) -> None:
        """Drop what was asked for by an answer that nobody heard."""
        self._pending.clear()

    def hearing(self, report: Report) -> Report:
        """Pass events on; the text of an answer means that it is given."""

        def listen(event: Event, /) -> None:
            report(event)
            if isinstance(event, ReplyText | ReplyEnded):
                for seconds, words in self._pending:
                    self.tasks.start_soon(self._count, seconds, words)
                self._pending.clear()

        return listen

    async def _count(self, seconds: float, words: str) -> None:
        scope = anyio.CancelScope()
        self._counting.append(scope)
        with scope:
            await anyio.sleep(seconds)
            if self.say is not None:
                await self.say(words)
        self._counting.remove(scope)

    def close(self) -> None:
        """Count nothing down any more."""
        for scope in self._counting:
            scope.cancel()
