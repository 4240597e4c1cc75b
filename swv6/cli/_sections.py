"""Measured sections on the terminal: a table of each, and what moved since an older report."""

from __future__ import annotations

import sys
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from swv6.bench.comparing import BAD, ERRORS, LEAST, Moved, Since
from swv6.bench.series import Section, shown

STYLES = {"slower": "red", "worse": "red", "faster": "green", "better": "green", "machine": "dim", "few": "dim"}


def told(line: str) -> None:
    """Say on stderr how far it is."""
    print(f"  {line}", file=sys.stderr, flush=True)


def show(section: Section) -> None:
    """Print one section."""
    console = Console(highlight=False)
    console.print(Text(section.title, "bold"))
    table = _table("", "median", "p5", "p95", "ratio", "n")
    for group, found in groupby(section.series, key=lambda series: series.group):
        if group:
            table.add_row(Text(group, "dim"))
        for one in found:
            ratio = section.ratio(one)
            values = [shown(value, one.unit) for value in (one.median, one.p5, one.p95)]
            label = ("  " if group else "") + one.label
            table.add_row(label, *values, "-" if ratio is None else f"{ratio:.3g}", str(len(one.values)))
    console.print(table)
    if section.control is not None:
        c = section.control
        console.print(f"{c.label}: {shown(c.median, 's')}, {shown(c.p5, 's')} to {shown(c.p95, 's')}", style="dim")
    for note in section.notes:
        console.print(Text(note, "dim"))


def compared(since: Since) -> None:
    """Print what moved beyond noise, the worst first, and what could not be compared."""
    console, moves, then = Console(highlight=False), since.moves, since.then
    for line in since.differs:
        console.print(Text(f"not measured alike: {line}", "yellow"))
    for line in since.unlike:
        console.print(Text(f"not compared: {line}", "yellow"))
    told_ = sorted((m for m in moves if m.verdict != "same"), key=lambda m: (m.verdict not in BAD, -abs(m.change)))
    if told_:
        table = _table(f"since {then}", "before", "now", "change", "noise", "")
        for move in told_:
            table.add_row(*_row(move))
        console.print(table)
    same = sum(move.verdict == "same" for move in moves)
    if moves:
        rule = f"{LEAST:.0%} and {ERRORS:.0f} standard errors"
        console.print(f"{same} of {len(moves)} have not moved by more than {rule} since {then}")


def _row(move: Moved) -> tuple[Text | str, ...]:
    one = move.now
    name = f"{move.section}: {one.group + ', ' if one.group else ''}{one.label}"
    noise = move.threshold / abs(move.before.median) if move.before.median else 0.0
    verdict = Text(move.verdict, STYLES.get(move.verdict, ""))
    before, now = shown(move.before.median, one.unit), shown(one.median, one.unit)
    return name, before, now, f"{move.change:+.0%}", f"{noise:.0%}", verdict


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=bool(number))
    return table
