"""The contract of language models: subclass `LLMContract`, set `backend` and `options`."""

from __future__ import annotations

from typing import Any, ClassVar

from swv6.testing.stage import StageContract, collect
from swv6.types import Chat, Message

SYSTEM = Message("system", "You are a helpful assistant.")


class LLMContract(StageContract):
    """A conversation in; text deltas out, at least one."""

    says: ClassVar[str] = ""
    """A word that the answer to `request()` must hold, in lower case."""

    def request(self) -> Chat:
        """Give a conversation that must be answered."""
        return (SYSTEM, Message("user", "Say hello."))

    def check(self, items: list[Any]) -> None:
        """Assert text deltas that are not all blank."""
        assert all(isinstance(item, str) and item for item in items)
        answer = "".join(items)
        assert answer.strip()
        assert self.says in answer.lower()

    async def test_an_answer_comes_in_pieces(self) -> None:
        """Speech begins before the answer is whole: it must arrive in more than one delta."""
        async with self.opened() as stage:
            assert len(await collect(stage(self.request()))) > 1

    async def test_a_conversation_without_a_system_message_is_answered(self) -> None:
        """The backend adds what its model needs."""
        async with self.opened() as stage:
            assert "".join(await collect(stage((Message("user", "Say hello."),)))).strip()

    async def test_a_conversation_goes_on(self) -> None:
        """A history of several turns, accents and signs included, is accepted as it is."""
        history = (*self.request(), Message("assistant", "Hello ! « Ça va ? » 🙂"), Message("user", "Say hello again."))
        async with self.opened() as stage:
            assert "".join(await collect(stage(history))).strip()
