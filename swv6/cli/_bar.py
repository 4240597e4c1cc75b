"""How a pull looks on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskID, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bar

from swv6.cli._tables import human

if TYPE_CHECKING:
    from swv6.models.catalog import Model


class _Bar:
    """A rich bar behind the store's protocol."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar, self._task, self._total = bar, task, 0

    def expect(self, size: int, /) -> None:
        self._total += size
        self._bar.update(self._task, total=self._total)

    def advance(self, size: int, /) -> None:
        self._bar.advance(self._task, size)

    def say(self, text: str, /) -> None:
        self._bar.console.print(text, markup=False, highlight=False)


@contextmanager
def bar(model: Model) -> Iterator[_Bar]:
    """Draw a bar until the model is here."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as shown:
        yield _Bar(shown, shown.add_task(model.name, total=model.size))


class _Lines:
    """For logs: no bar, only what matters."""

    def __init__(self) -> None:
        self.received = 0

    def expect(self, size: int, /) -> None: ...

    def advance(self, size: int, /) -> None:
        self.received += size

    def say(self, text: str, /) -> None:
        print(text, file=sys.stderr)


@contextmanager
def lines(model: Model, verb: str) -> Iterator[_Lines]:
    """Say when it begins and how fast it was."""
    began, shown = time.monotonic(), _Lines()
    shown.say(f"{verb} {model.name} ({human(model.size)})")
    yield shown
    seconds = time.monotonic() - began
    shown.say(f"{model.name} is here after {seconds:.1f} s ({human(int(shown.received / max(seconds, 0.001)))}/s)")
