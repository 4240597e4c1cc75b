"""Saying something of one's own accord, between two turns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation, already
from swv6.conversation.reply import Reply
from swv6.types import Chat


@dataclass(frozen=True, slots=True)
class Announcer:
    """Speaks in a conversation without having been asked; what it says is not part of what is remembered."""

    talk: Conversation

    async def __call__(self, words: str) -> None:
        """Say it once the answer under way has ended; somebody who speaks then interrupts it."""
        talk = self.talk
        while talk.reply is not None and not talk.reply.ended.is_set():
            await talk.reply.ended.wait()

        async def given(chat: Chat, /) -> AsyncIterator[str]:
            yield words

        before = talk.reply.ended if talk.reply else already()
        parts = replace(talk.session.parts, llm=given)
        talk.reply = reply = Reply(parts, History(talk.history.prompt), words)
        reply.confirm(talk.turns, 0.0, monotonic())
        await reply.run(before)
