"""A bar that counts, on stderr where that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar


class Counting:
    """Shows how many of `total` are done; entered and left as a context, it comes and goes without a trace."""

    def __init__(self, what: str, total: int) -> None:
        console = Console(stderr=True, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self.bar = Bar(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
        self._task = self.bar.add_task(what, total=total)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def advance(self, what: str | None = None) -> None:
        """One more is done; `what` replaces what stands before the bar."""
        self.bar.update(self._task, advance=1, description=what)
