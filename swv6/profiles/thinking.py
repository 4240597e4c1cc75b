"""What a profile says about answers and about what is remembered of a conversation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.profiles.frozen import Frozen, PositiveSeconds


class Answer(Frozen):
    """Where an answer ends, whatever the model; how many tokens it may have is an option of each backend."""

    within: PositiveSeconds | None = 60.0
    """Seconds that a model may work on one answer, hidden thoughts included; then it ends there. null for no limit."""
    stop: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Texts before which an answer ends; they are not spoken."""


class Memory(Frozen):
    """How much of a conversation the language model is told again with each question."""

    tokens: Annotated[int, Field(ge=64)] = 3000
    """Tokens at most, system prompt included; fewer where the model's context has less room."""
    keep: Annotated[float, Field(gt=0, le=1)] = 0.5
    """Share (0..1) of them kept when the oldest turns are dropped: the smaller, the more seldom all is read anew."""
    summary: bool = False
    """Sum up what is dropped, with the same model, while nobody speaks; what it was told of it then stays known."""
