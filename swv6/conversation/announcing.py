"""Saying something of one's own accord, between two turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.reply import Reply
from swv6.types import Chat


@dataclass(frozen=True, slots=True)
class Announcer:
    """Speaks in a conversation without having been asked; what it says is not part of what is remembered."""

    talk: Conversation

    async def __call__(self, words: str) -> None:
        """Say it once the answer under way has ended; somebody who speaks then interrupts it."""
        talk, replies = self.talk, self.talk.replies
        while (answer := replies.under_way) is not None:
            await answer.ended.wait()

        async def given(chat: Chat, /) -> AsyncIterator[str]:
            yield words

        before = replies.before
        parts = replace(talk.session.parts, llm=given)
        replies.last = reply = Reply(parts, History(talk.history.prompt), words)
        reply.confirm(replies.turns, 0.0, monotonic())
        await reply.run(before)
