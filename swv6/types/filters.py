"""What changes texts on their way."""

from __future__ import annotations

from typing import Protocol

from swv6.types.transcript import Transcript


class TranscriptFilter(Protocol):
    """Correct what was heard."""

    def __call__(self, transcript: Transcript, /) -> Transcript: ...


class TextFilter(Protocol):
    """Change what is about to be spoken."""

    def __call__(self, text: str, /) -> str: ...
