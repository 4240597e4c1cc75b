"""How far `swv6 cache warm` is, on stderr."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from swv6.cli.notices import Notices
from swv6.conversation.warming import Warmed
from swv6.telemetry.events import Event


class Progress:
    """A bar on a terminal, nothing elsewhere; hands events to those who count and to those who tell."""

    def __init__(self, phrases: int, warmed: Warmed) -> None:
        console = Console(stderr=True, highlight=False)
        columns = (TextColumn("speaking"), BarColumn(), MofNCompleteColumn())
        self._bar = Bar(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("", total=phrases)
        self._notices, self._warmed = Notices(), warmed

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def report(self, event: Event) -> None:
        """Take in one event."""
        self._warmed(event)
        self._notices(event)

    def advance(self) -> None:
        """One phrase is done."""
        self._bar.advance(self._task)
