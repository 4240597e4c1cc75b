"""A language model that says how long a prompt may be, in tokens of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from swv6.plugins.tools import Call, Tool
from swv6.types import LLM, Chat


@dataclass(frozen=True, slots=True)
class Counting:
    """An LLM stage with its own token count; the oldest turns of a conversation are dropped by it.

    Optional: of any other stage the tokens are estimated.
    """

    stage: LLM
    count_tokens: Callable[[str], int]
    """Tokens of a text; called between turns on the event loop's thread, so within a few milliseconds."""
    room: int
    """Tokens that a prompt may have: the context without the longest answer."""
    read_ahead: Callable[[Chat], Awaitable[None]] | None = None
    """Reads a conversation whose last question is not finished yet, so that the finished one is answered sooner."""
    choose: Callable[[Chat, Sequence[Tool]], Awaitable[Call | None]] | None = None
    """Chooses a tool, as `Choosing` does."""

    def __call__(self, chat: Chat, /) -> AsyncIterator[str]:
        """Answer."""
        return self.stage(chat)
