"""What is to be said later: it counts only once the answer that promises it is heard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

import anyio
from anyio.abc import TaskGroup

from swv6.plugins.tools import Promise
from swv6.telemetry.events import Event, ReplyEnded, ReplyText, Report


@dataclass(eq=False, slots=True)
class _Counting:
    """A promise that was heard, and the task that keeps it."""

    words: str
    due: float
    """On the monotonic clock."""
    owner: str
    """The tool that gave it."""
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    ended: anyio.Event = field(default_factory=anyio.Event)


@dataclass(slots=True)
class Timers:
    """Holds back what tools ask for while an answer is only prepared, and counts it down once it is given."""

    tasks: TaskGroup
    say: Callable[[str], Awaitable[None]] | None = None
    """Says something of its own accord; None while nobody listens."""
    _pending: list[Callable[[], None]] = field(default_factory=list)
    _counting: list[_Counting] = field(default_factory=list)

    def later(self, seconds: float, words: str, owner: str = "") -> None:
        """Ask for something to be said in so many seconds."""
        self._pending.append(partial(self._begin, seconds, words, owner))

    def promised(self, owner: str) -> list[Promise]:
        """List what a tool has promised, soonest first."""
        return [self._promise(one) for one in self._soonest() if one.owner == owner]

    def forget(self) -> None:
        """Drop what was asked for by an answer that nobody heard."""
        self._pending.clear()

    def hearing(self, report: Report) -> Report:
        """Pass events on; the text of an answer means that it is given."""

        def listen(event: Event, /) -> None:
            report(event)
            if isinstance(event, ReplyText | ReplyEnded):
                for do in self._pending:
                    do()
                self._pending.clear()

        return listen

    @property
    def left(self) -> list[Promise]:
        """What was promised and has not been said, soonest first; also once it is closed."""
        return [self._promise(one) for one in self._soonest()]

    async def wait(self, within: float) -> None:
        """Wait until everything has been said that is due within so many seconds."""
        until = monotonic() + within
        for one in self._soonest():
            if one.due <= until:
                await one.ended.wait()

    def close(self) -> None:
        """Count nothing down any more."""
        for one in self._counting:
            one.scope.cancel()

    def _soonest(self) -> list[_Counting]:
        return sorted(self._counting, key=lambda one: one.due)

    def _promise(self, one: _Counting) -> Promise:
        return Promise(one.words, one.due - monotonic(), partial(self._pending.append, partial(self._drop, one)))

    def _begin(self, seconds: float, words: str, owner: str) -> None:
        one = _Counting(words, monotonic() + seconds, owner)
        self._counting.append(one)
        self.tasks.start_soon(self._keep, one)

    def _drop(self, one: _Counting) -> None:
        if one in self._counting:
            self._counting.remove(one)
            one.scope.cancel()

    async def _keep(self, one: _Counting) -> None:
        with one.scope:
            await anyio.sleep(max(0.0, one.due - monotonic()))
            self._counting.remove(one)
            if self.say is not None:
                await self.say(one.words)
        one.ended.set()
