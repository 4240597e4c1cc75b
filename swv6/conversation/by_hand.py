"""What keys and buttons do to a conversation that listens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.manual import PushTurns
from swv6.conversation.reply import Reply
from swv6.telemetry import events
from swv6.types import Chat


@dataclass(slots=True)
class Hands:
    """The hands on a conversation; they do nothing before it listens."""

    talk: Conversation

    def press(self) -> None:
        """Begin or end a turn with the talk key; where speech begins turns, interrupt the answer or end the turn."""
        ears = self.talk.session.turns
        if isinstance(ears, PushTurns):
            self._push(ears)
        elif self._answering:
            self.talk.replies.interrupt()
        else:
            self.talk.cut = True

    def _push(self, ears: PushTurns) -> None:
        if ears.down:
            self.talk.cut = True
            self._report(events.Keyed(False))
            if not ears.heard:
                self._report(events.Notice("nothing was said while the talk key was down"))
        else:
            self.mute(False)
            ears.push()
            self.talk.replies.interrupt()
            self._report(events.Keyed(True))

    def mute(self, on: bool) -> None:
        """Ignore the microphone, or hear it again; what was being said ends here."""
        if on != self.talk.muted:
            self.talk.muted, self.talk.cut = on, on
            self._report(events.Muted(on))

    def type(self, text: str) -> None:
        """Ask by typing; it interrupts the answer under way."""
        if self.talk.tasks is not None and text.strip():
            self.talk.replies.interrupt()
            self.talk.replies.ask(text.strip(), self.talk.tasks)

    def say_again(self) -> None:
        """Repeat what was heard of the last answer; nothing happens while one is being prepared.

        The conversation and what is saved of it stay as they are.
        """
        talk, replies, last = self.talk, self.talk.replies, self.talk.replies.last
        if talk.tasks is None or last is None or (self._answering and not last.sounding):
            return
        replies.interrupt()
        replies.forget_guess()
        parts = replace(talk.session.parts, llm=self._recall)
        replies.last = again = Reply(parts, History(talk.history.prompt), "again")
        talk.tasks.start_soon(again.run, last.ended)
        again.confirm(replies.turns, 0.0, monotonic())

    async def _recall(self, chat: Chat, /) -> AsyncIterator[str]:
        """Stand in for the language model."""
        answers = (m.text for m in reversed(self.talk.history.messages) if m.role == "assistant")
        yield next(answers, "").removesuffix(" …")

    @property
    def _answering(self) -> bool:
        return self.talk.replies.under_way is not None

    def _report(self, event: events.Event) -> None:
        self.talk.session.parts.report(event)
