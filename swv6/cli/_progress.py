"""How far a run is: one bar on a terminal, one line for each recording, plain lines elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from swv6.cli.interrupting import at_any_exit
from swv6.telemetry import log
from swv6.transcription.jobs import Done, Failed, Heard, Job, News, Skipped

if TYPE_CHECKING:
    from rich.progress import Progress


@dataclass(slots=True)
class Tally:
    """Counts of a run."""

    files: int
    done: int = 0
    skipped: int = 0
    failed: int = 0
    heard: float = 0.0
    """Seconds of sound heard in this run."""
    began: float = field(default_factory=monotonic)

    @property
    def ended(self) -> int:
        return self.done + self.skipped + self.failed

    @property
    def elapsed(self) -> float:
        return monotonic() - self.began

    @property
    def speed(self) -> float:
        """Seconds of sound for each second."""
        return self.heard / max(self.elapsed, 1e-3)

    def __str__(self) -> str:
        counts = {"done": self.done, "done before": self.skipped, "failed": self.failed}
        what = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "nothing done"
        left = self.files - self.ended
        rest = f", {left} not begun or not finished" if left else ""
        took = f"; {clock(self.heard)} of sound in {clock(self.elapsed)}, {self.speed:.1f} x real time"
        return f"{what}{rest} of {self.files} files{took if self.heard else ''}"


@dataclass(slots=True)
class Board:
    """Shows a run's news on stderr; `bar` is None where there is no terminal."""

    tally: Tally
    lines: bool
    """Print one for each recording."""
    bar: Progress | None = None
    expected: dict[Job, float] = field(default_factory=dict)
    """Seconds of sound by header, as far as known."""
    all_known: bool = False
    _parts: dict[Job, float] = field(default_factory=dict)

    def __call__(self, news: News, /) -> None:
        """Take one in."""
        tally, job = self.tally, news.job
        match news:
            case Heard(_, part):
                tally.heard += part.duration
                self._parts[job] = self._parts.get(job, 0.0) + part.duration
            case Done(_, transcript, elapsed):
                tally.done += 1
                quiet = "" if transcript.text.strip() else ", no speech"
                speed = transcript.duration / max(elapsed, 1e-3)
                self._line(job, f"{clock(transcript.duration)} in {clock(elapsed)}, {speed:.1f} x real time{quiet}")
            case Skipped():
                tally.skipped += 1
            case Failed(_, error):
                tally.failed += 1
                self._line(job, f"failed: {error.what.splitlines()[0].removeprefix(f'{job.source.name}: ')}")
        if not isinstance(news, Heard):  # what a header promised is replaced by what it was, or was not
            self.expected[job] = self._parts.pop(job, 0.0)
        self.show()

    def expect(self, job: Job, seconds: float) -> None:
        """Take in what a header promises, unless more is known by now."""
        self.expected.setdefault(job, seconds)

    def show(self) -> None:
        """Draw the bar anew."""
        if self.bar is None or not self.bar.task_ids:
            return
        tally, total = self.tally, sum(self.expected.values())
        left = max(total - tally.heard, 0.0) / tally.speed if tally.heard else 0.0
        sound = f"{clock(tally.heard)} of {clock(total)}" if self.all_known else clock(tally.heard)
        self.bar.update(
            self.bar.task_ids[0],
            description=f"{tally.ended} of {tally.files} files",
            completed=tally.heard,
            total=max(total, tally.heard) if self.all_known else None,
            sound=f"{sound} of sound" + (f", {tally.speed:.1f} x real time" if tally.heard else ""),
            left=f"{clock(left)} left" if self.all_known and tally.heard else "",
        )

    def _line(self, job: Job, text: str) -> None:
        if not self.lines:
            return
        line = f"{self.tally.ended} of {self.tally.files}: {job.source.name}: {text}"
        if self.bar is not None:
            self.bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr, flush=True)


@contextmanager
def board(files: int, lines: bool, bar: bool) -> Iterator[Board]:
    """Show a run while the block lasts."""
    shown = Board(Tally(files), lines)
    if not bar:
        yield shown
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[sound]}", markup=False),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown.bar, at_any_exit(shown.bar.stop):
        shown.bar.add_task("", total=None, sound="", left="")
        shown.show()
        yield shown


def clock(seconds: float) -> str:
    """Write a duration as people read it."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def quiet() -> bool:
    """Tell whether only failures are to be said (`-q`)."""
    return not log.shown(logging.WARNING)


def hush() -> None:
    """Be quiet from now on, as `swv6 -q` is from the beginning."""
    for handler in logging.getLogger("swv6").handlers:
        if handler.name == log.STDERR:
            handler.setLevel(logging.ERROR)
