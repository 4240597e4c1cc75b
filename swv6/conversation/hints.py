"""What is said of a pause, by the words and by the voice -> one hint to the turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import anyio
from anyio.abc import TaskGroup

from swv6.errors import BackendError
from swv6.telemetry.events import Notice, Report
from swv6.text.endings import finished
from swv6.types import Audio, TurnEnd

SURE = 0.5
"""Probability from which a turn-end model says "finished" (Smart Turn's own)."""


def combined(words: bool | None, probability: float | None) -> bool | None:
    """Say whether a turn is finished: yes, no, or no hint.

    Only open words ("et", "parce que") make it wait longer: a model that says "not finished" by mistake (measured: one
    question in twelve) would cost the whole of `unfinished`, so it may take a "yes" back but never say "no".
    """
    if words is False or probability is None:
        return words
    return True if probability >= SURE else None


@dataclass(slots=True)
class Hints:
    """The hints about the pause under way; each new piece of knowledge renews them."""

    language: str
    tell: Callable[[bool | None], None]
    report: Report
    turn_end: TurnEnd | None = None
    """None once it has failed."""
    words_come: bool = True
    """The words of a pause are found out during it; a verdict of the voice then waits for them."""
    _known: bool = False
    _words: bool | None = None
    _probability: float | None = None
    _scope: anyio.CancelScope | None = None

    def paused(self, audio: Audio | None, tasks: TaskGroup) -> None:
        """Forget the pause before; ask the turn-end model about this one (None: there is nothing to ask)."""
        if self._scope is not None:
            self._scope.cancel()
        self._known, self._words, self._probability = not self.words_come, None, None
        if audio is not None and self.turn_end is not None:
            self._scope = anyio.CancelScope()
            tasks.start_soon(self._judge, self.turn_end, audio, self._scope)

    def understood(self, text: str) -> None:
        """Take in the words of the turn so far."""
        self._known, self._words = True, finished(text, self.language)
        self._say()

    async def _judge(self, turn_end: TurnEnd, audio: Audio, scope: anyio.CancelScope) -> None:
        with scope:
            try:
                self._probability = await turn_end(audio)
            except BackendError as error:
                self.turn_end = None
                self.report(Notice(f"turns end without their turn-end model: {error}"))
            else:
                self._say()

    def _say(self) -> None:
        if self._known:
            self.tell(combined(self._words, self._probability))
