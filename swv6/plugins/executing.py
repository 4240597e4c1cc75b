"""What an executor is given, and what it gives: one recogniser in, many at work out, here or on other machines."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from swv6.telemetry.events import Report
    from swv6.types import STT


class Recogniser(Protocol):
    """How a recogniser is opened; it can be pickled and opened on another machine, which then needs its weights."""

    def open(self, report: Report, /, workers: int = 0, threads: int = 0) -> AbstractAsyncContextManager[STT]:
        """Open it for `workers` requests at the same time, each with `threads` CPU threads; 0 leaves either to it.

        Its own streams report to `report`. Raises what opening a backend raises.
        """

    @property
    def workers(self) -> int:
        """How many requests at the same time serve this machine best, by a rule of the recogniser's."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Recognisers at work behind one stage."""

    stt: STT
    """Answers any number of requests at the same time, in any order. A request is answered once, whatever dies on the
    way; BackendError when it cannot be."""
    room: int
    """Requests worth having under way at the same time: more would only hold sound in memory."""


class Executor(Protocol):
    """Puts recognisers to work."""

    def __call__(self, recogniser: Recogniser, report: Report, /) -> AbstractAsyncContextManager[Crew]:
        """Open as many recognisers as it should; on leaving, close them all, also those that are at work.

        Raises BackendError when there is no place to run one, and what opening the recogniser raises.
        """
