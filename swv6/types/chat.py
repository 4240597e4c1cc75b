"""A conversation as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a conversation."""

    role: Role
    text: str


Chat: TypeAlias = tuple[Message, ...]
