"""Findings on a terminal: one line each, and under it the act that mends or uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from swv6.health.findings import Finding

WIDE = 1000
"""Columns of a pipe: nothing is wrapped for those who search in it."""
COLOURS = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def show(console: Console, findings: Iterable[Finding]) -> None:
    """Print a line a finding; a name that is longer than its column has a line of its own."""
    every = list(findings)
    column = min(max((len(f.name) for f in every), default=0), max(16, console.width // 4))
    for f in every:
        _line(console, f, column)


def _line(console: Console, f: Finding, column: int) -> None:
    from textwrap import wrap

    from rich.text import Text

    indent = 9 + column + 2
    room = max(20, console.width - indent)
    lines = [(part, "") for row in f.text.splitlines() or [""] for part in wrap(row, room) or [""]]
    lines += [(part, "cyan") for part in wrap(f"-> {f.command}", room, subsequent_indent="   ") if f.command]
    head = Text.assemble((f"{f.level:<9}", COLOURS[f.level]), (f"{f.name:<{column}}  ", "bold"))
    if len(f.name) > column:
        console.print(Text.assemble((f"{f.level:<9}", COLOURS[f.level]), (f.name, "bold")), soft_wrap=True)
        head = Text(" " * indent)
    for number, (part, style) in enumerate(lines):
        console.print(Text.assemble(Text(" " * indent) if number else head, (part, style)), soft_wrap=True)


def counted(findings: Iterable[Finding]) -> Text:
    """Sum up: how many of each."""
    from rich.text import Text

    found = Counter(f.level for f in findings)
    warnings, problems = found["warning"], found["problem"]
    parts = [_many(problems, "problem"), _many(warnings, "warning"), f"{found['ok']} ok"]
    return Text(", ".join(parts), COLOURS["problem" if problems else "warning" if warnings else "ok"])


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
