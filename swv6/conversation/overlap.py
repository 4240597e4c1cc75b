"""Somebody speaks while an answer is prepared or spoken: whether that is a turn of its own."""

from __future__ import annotations

from dataclasses import dataclass

from anyio.abc import TaskGroup

from swv6.conversation.barge import Intrusion
from swv6.conversation.replies import Replies
from swv6.conversation.session import Session
from swv6.conversation.turns import Turns
from swv6.types import Audio


@dataclass(slots=True)
class Overlap:
    """The speech over an answer, from its first moment to the end of its turn."""

    session: Session
    replies: Replies
    _intrusion: Intrusion | None = None

    @property
    def under_way(self) -> bool:
        """Whether somebody speaks over an answer, known for an interruption or not."""
        return self._intrusion is not None

    @property
    def held(self) -> Intrusion | None:
        """The speech over an answer that is not known for an interruption yet."""
        return self._intrusion if self._intrusion is not None and not self._intrusion.interrupting else None

    def began(self, tasks: TaskGroup) -> None:
        """Hold the answer under way until it is known what the speech is."""
        reply = self.replies.under_way
        if self._intrusion is not None or reply is None or reply.scope.cancel_called:
            return
        if reply.text is None:  # not understood yet: the person has simply not finished
            self.replies.interrupt()
            return

        def interrupt(audio: Audio, text: str | None) -> None:
            self.replies.interrupt()
            if text is not None and self.session.profile.turns.speculate:
                self.replies.prepare(audio, tasks, text)

        if isinstance(self.session.turns, Turns):
            self.session.turns.careful = True
        self._intrusion = Intrusion(self.session.parts, self.session.profile.language, interrupt, reply.spoken)

    def resumed(self, tasks: TaskGroup) -> None:
        """The speech goes on after a pause."""
        if self.held:
            self.held.resumed()
        elif self._intrusion is None:
            self.began(tasks)

    async def ended(self, audio: Audio, tasks: TaskGroup) -> bool:
        """Say whether the turn that has ended is to be answered: it is no sign of listening over an answer."""
        held, self._intrusion = self.held, None
        return held is None or await held.verdict(audio, tasks)
