"""The replies of one conversation: guessed in a pause, asked for, interrupted; one is heard at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.decisions import Ended
from swv6.conversation.history import History
from swv6.conversation.partials import Look
from swv6.conversation.parts import Parts
from swv6.conversation.reply import Reply
from swv6.conversation.saving import kept
from swv6.sessions.turn import Keeps
from swv6.telemetry import events
from swv6.telemetry.stamps import CURRENT
from swv6.types import Audio


@dataclass(slots=True)
class Replies:
    """The replies so far, the one under way, and the one that is prepared unheard."""

    parts: Parts
    history: History
    saver: Keeps | None = None
    understood: Callable[[str], None] = lambda text: None
    """Told what the turn says whose answer is being guessed."""
    turns: int = 0
    """Replies that were confirmed."""
    last: Reply | None = None
    """The last confirmed reply."""
    guess: Reply | None = None
    """A reply prepared during a pause, not confirmed yet."""
    unanswered: int = 0
    """Turns that nothing was heard of in answer."""
    _carry: list[Audio] = field(default_factory=list)
    """Sound of a turn that was interrupted before it was understood: it belongs to the next one."""

    @property
    def under_way(self) -> Reply | None:
        """The confirmed reply that has not ended."""
        return self.last if self.last is not None and not self.last.ended.is_set() else None

    @property
    def before(self) -> anyio.Event:
        """What the next reply waits for: that the last one has ended."""
        return self.last.ended if self.last else already()

    def ask(self, text: str, tasks: TaskGroup) -> Reply:
        """Answer what was typed."""
        self.forget_guess()
        reply = self._prepare(text, None, tasks)
        self._confirm(reply, 0.0, monotonic())
        return reply

    def prepare(self, audio: Audio, tasks: TaskGroup, known: str | Look | None = None) -> None:
        """Guess that a turn ends here, and prepare its answer unheard; `known` is what it says, or who finds out."""
        self.guess = self._prepare(self._joined(audio), None if self._carry else known, tasks)

    def answer(self, ended: Ended, tasks: TaskGroup) -> None:
        """Answer a turn: what was prepared is confirmed, or a reply begins."""
        reply, self.guess = self.guess, None
        if reply is None:
            reply = self._prepare(self._joined(ended.audio), None, tasks)
        else:
            self.parts.report(events.Guessed(adopted=True))
        self._carry.clear()
        now = monotonic()
        self._confirm(reply, now - (ended.decided - ended.speech_end), now)

    def forget_guess(self) -> None:
        """Throw an answer away that was prepared in a pause."""
        if self.guess is not None:
            self.guess.forget()
            self.guess = None
            self.parts.report(events.Guessed(adopted=False))

    def interrupt(self) -> None:
        """Stop the reply under way: fall silent at once, keep in the history what was heard."""
        self.parts.speaker.stop()
        if (reply := self.under_way) is None:
            return
        reply.scope.cancel()
        if reply.text is None and isinstance(reply.question, Audio):
            self._carry = [reply.question]

    async def read_ahead(self, text: str) -> None:
        """Let the model read the beginning of a question, as it will read the whole one."""
        if self.parts.read_ahead is not None and not self._carry:
            await self.parts.read_ahead(self.history.with_question(text))

    def _prepare(self, question: Audio | str, known: str | Look | None, tasks: TaskGroup) -> Reply:
        """Begin a reply that is not heard before it is confirmed."""
        reply = Reply(self.parts, self.history, question, known, self._understood)
        tasks.start_soon(self._run, reply, self.before, self.turns + 1)
        return reply

    def _understood(self, text: str) -> None:
        if self.guess is not None:
            self.understood(text)

    def _confirm(self, reply: Reply, speech_end: float, decided: float) -> None:
        self.turns += 1
        self.last = reply
        typed = reply.question if isinstance(reply.question, str) else ""
        self.parts.report(events.TurnEnded(self.turns, decided - speech_end if speech_end else 0.0, typed))
        reply.confirm(self.turns, speech_end, decided)

    async def _run(self, reply: Reply, before: anyio.Event, turn: int) -> None:
        CURRENT.set(turn)
        try:
            await reply.run(before)
        finally:
            self.unanswered += reply.outcome == "failed" and not reply.answered
            if self.saver is not None and reply.text and not reply.forgotten:
                self.saver.keep(kept(reply))

    def _joined(self, audio: Audio) -> Audio:
        """Put the sound of an interrupted, not yet understood turn before this one."""
        if not self._carry:
            return audio
        import numpy as np

        return replace(audio, samples=np.concatenate([*(a.samples for a in self._carry), audio.samples]))


def already() -> anyio.Event:
    """Give an event that has happened."""
    event = anyio.Event()
    event.set()
    return event
