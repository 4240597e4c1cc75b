"""The shape of every stage: a request in, a stream out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol, TypeAlias, TypeVar

from swv6.types.chat import Chat
from swv6.types.sound import Audio
from swv6.types.transcript import Transcript

Request = TypeVar("Request", contravariant=True)
Item = TypeVar("Item", covariant=True)


class Stage(Protocol[Request, Item]):
    """One request in, a stream of items out."""

    def __call__(self, request: Request, /) -> AsyncIterator[Item]: ...


STT: TypeAlias = Stage[Audio, Transcript]
"""Sound of any rate in; partial transcripts out, the last one final."""
LLM: TypeAlias = Stage[Chat, str]
"""A conversation in; text deltas out."""
TTS: TypeAlias = Stage[str, Audio]
"""One clause in; sound out, as it is made."""
