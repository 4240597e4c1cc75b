"""What a pull tells while it works; the command line turns it into a bar."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Protocol

from swv6.errors import ModelError


class Progress(Protocol):
    """Called from several threads; must return quickly."""

    def expect(self, size: int, /) -> None:
        """Add `size` bytes to what will be fetched; negative for what an earlier try already brought."""

    def advance(self, size: int, /) -> None:
        """`size` more bytes came in."""

    def say(self, text: str, /) -> None:
        """Tell one line."""


class Silent:
    """Tell nobody."""

    def expect(self, size: int, /) -> None: ...

    def advance(self, size: int, /) -> None: ...

    def say(self, text: str, /) -> None: ...


class Stopped(ModelError):
    """The pull was interrupted; what is here is kept for the next try."""


@dataclass(frozen=True, slots=True)
class Job:
    """What all the parts of one pull share."""

    progress: Progress
    stop: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Raise `Stopped` once the pull is interrupted."""
        if self.stop.is_set():
            raise Stopped("interrupted")
