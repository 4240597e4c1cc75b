"""What the live view knows -> the few lines at the bottom of the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from swv6.audio.levels import decibels

if TYPE_CHECKING:
    from rich.console import Console

    from swv6.cli.live_state import Now

WIDEST = 100
"""Columns: a line that is not much wider than its words survives a window that is made narrower."""
METER = 16
"""Columns of the level meter."""
FLOOR = -60.0
"""dBFS at the meter's left end: a quiet room."""
TAIL = 4
"""Lines shown of an answer while it is spoken; all of it stands above when it has ended."""
LABEL = 7
"""Columns before what was said."""
_COLOURS = {"listening": "green", "hearing": "bold cyan", "thinking": "yellow", "speaking": "magenta", "muted": "red"}


def said(label: str, style: str, text: Text, console: Console) -> list[Text]:
    """Lay words out behind a label, in lines of whole words."""
    lines = text.wrap(console, max(console.width - LABEL - 1, 10))
    labels = [f"{label:<{LABEL}}", *[" " * LABEL] * (len(lines) - 1)]
    return [Text.assemble((label, style), line) for label, line in zip(labels, lines, strict=True)]


def note(text: str, console: Console) -> list[Text]:
    """Lay out what the user should know."""
    return said("     ·", "dim", Text(text, "dim"), console)


def you(text: str, console: Console) -> list[Text]:
    """Lay out what the user said."""
    return said("you  >", "bold cyan", Text(text), console)


def swv6(text: str, console: Console) -> list[Text]:
    """Lay out what was answered."""
    return said("swv6 >", "bold magenta", Text(text), console)


def bottom(now: Now, console: Console) -> list[Text]:
    """Give the lines, each of them short enough for the terminal."""
    width = max(min(console.width - 1, WIDEST), 1)
    lines = list[Text]()
    if now.partial:
        lines += said("you  >", "cyan", Text(now.partial, "dim italic"), console)[-2:]
    if now.answer:
        lines += swv6(now.answer, console)[-TAIL:]
    lines += [Text(), *_status(now, console)]
    for line in lines:
        line.truncate(width if line.cell_len > width else line.cell_len, overflow="ellipsis")
    if any(ord(c) > 0xFF for line in lines for c in line.plain) and not _unicode(console):
        lines = [Text(line.plain.encode("ascii", "replace").decode()) for line in lines]
    return lines[-max(console.height - 1, 1) :]


def _status(now: Now, console: Console) -> Iterator[Text]:
    yield _state(now, _unicode(console))
    if now.last is not None:
        yield from _latency(now).wrap(console, max(min(console.width - 1, WIDEST), 20))
    for kind in ("stt", "llm", "tts"):
        if why := now.why(kind):
            yield Text(f"{kind} {now.used[kind]}, because {why}", "yellow")
    if now.line is not None:
        line = Text.assemble(("type > ", "bold"), now.line, ("_", "blink"))
        yield line if line.cell_len < console.width else line[line.cell_len - console.width + 2 :]
    elif now.keys:
        yield _help(now)


def _state(now: Now, unicode: bool) -> Text:
    name = "muted" if now.muted and now.state == "listening" else now.state
    dot, on, off = ("● ", "━", "─") if unicode else ("* ", "#", ".")
    full = round(METER * min(1.0, max(0.0, 1 - decibels(now.rms) / FLOOR))) if now.rms else 0
    style = _COLOURS.get(name, "dim")
    state = Text.assemble((f"{dot}{name:<11}", style), (on * full, "green"), (off * (METER - full), "dim"))
    note = "  muted" if now.muted else f" {max(decibels(now.rms), FLOOR):4.0f} dB" if now.rms else ""
    return state.append(note, "red" if now.muted else "dim")


def _latency(now: Now) -> Text:
    """Give what the last answer cost, each against its budget; what was too slow is marked."""
    last, budget = now.last, now.profile.budget
    assert last is not None
    line = Text("last ", "dim").append_text(_cost(last.total, budget.total)).append(" ms", "dim")
    for kind in ("stt", "llm", "tts"):
        if spent := getattr(last, kind):
            line.append(f"  {kind} ", "dim").append_text(_cost(spent, getattr(budget, kind)))
            line.append(f" {now.answered.get(kind, '')}".rstrip(), "dim")
    return line


def _cost(spent: float, budget: float) -> Text:
    over = spent > budget
    return Text(f"{spent * 1e3:.0f}/{budget * 1e3:.0f}{'!' if over else ''}", "bold yellow" if over else "")


def _help(now: Now) -> Text:
    space = {"hearing": "ends your turn", "thinking": "interrupts", "speaking": "interrupts"}.get(now.state, "")
    if now.profile.turns.mode == "push" and now.state != "hearing":
        space = "talk"
    line = Text()
    for key, what in (
        ("space", space),
        ("m", "unmute" if now.muted else "mute"),
        ("t", "type"),
        ("r", "repeat"),
        ("q", "quit"),
    ):
        if what:
            line.append("  " if line else "").append(key, "bold").append(f" {what}", "dim")
    return line


def _unicode(console: Console) -> bool:
    return console.encoding.lower().startswith("utf")
