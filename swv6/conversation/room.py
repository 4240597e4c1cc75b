"""How much of a conversation fits into a prompt: the oldest turns are dropped, many at once and seldom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from swv6.types import Message

BYTES_PER_TOKEN = 3
"""UTF-8 bytes: French and English take 3.5 to 4.5 in the vocabularies of Qwen, Llama and Mistral, Chinese 3 to 4."""
FRAME = 8
"""Tokens that a chat template puts around a message (ChatML: 5)."""


def estimated(text: str) -> int:
    """Guess the tokens of a text, rather too many than too few."""
    return len(text.encode()) // BYTES_PER_TOKEN + 1


@dataclass(slots=True)
class Room:
    """A budget of tokens.

    Each time something is dropped the model must read everything again, as its cache of what it has read is good for an
    unchanged beginning only. So it is dropped down to a share of the budget, and then nothing for many turns.
    """

    tokens: int
    """At most, with the system prompt."""
    keep: float = 0.5
    """Share (0..1) of them that is left when something is dropped."""
    count: Callable[[str], int] = estimated
    """Tokens of a text."""
    _counted: Callable[[str], int] = field(init=False)

    def __post_init__(self) -> None:
        self._counted = lru_cache(4096)(self.count)

    def first(self, prompt: str, messages: Sequence[Message], since: int, again: bool = False) -> int:
        """Say which message is the first to be told; always one of the user's, and never later than the last.

        `again` drops in any case: the prompt itself begins otherwise.
        """
        sizes = self._sizes(messages)
        told = self._counted(prompt) + FRAME + sum(sizes[since:])
        if told <= self.tokens and not again:
            return since
        while since < len(messages) - 1 and (told > self.tokens * self.keep or messages[since].role != "user"):
            told -= sizes[since]
            since += 1
        return since

    def filled(self, prompt: str, messages: Sequence[Message], since: int) -> float:
        """Say which share (0..1) of the room is taken."""
        return (self._counted(prompt) + FRAME + sum(self._sizes(messages)[since:])) / self.tokens

    def _sizes(self, messages: Sequence[Message]) -> list[int]:
        return [self._counted(message.text) + FRAME for message in messages]
