"""A latency measurement on the terminal: each turn as it comes, then the tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from swv6.bench.latency import Plan
from swv6.bench.summary import LABELS, OF_THE_REST, against, summary
from swv6.bench.turn import PARTS, Turn
from swv6.profiles import Profile

if TYPE_CHECKING:
    from rich.table import Table


class Progress:
    """Says on stderr how far it is."""

    def __init__(self, plan: Plan) -> None:
        self._all = len(plan.questions) * plan.runs * plan.sessions
        self._done = 0

    def __enter__(self) -> Progress:
        print(f"swv6: {self._all} question{'s' * (self._all > 1)}; opening the models", file=sys.stderr, flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open."""

    def done(self, turn: Turn) -> None:
        """Say one turn."""
        self._done += 1
        what = turn.problem or f"{turn.measures['voice_to_voice'] * 1e3:.0f} ms"
        print(f"{self._done:4}/{self._all}  {turn.question}: {what}", file=sys.stderr, flush=True)
        for notice in turn.notices:
            print(f"           {notice}", file=sys.stderr)


def show(turns: Sequence[Turn], profile: Profile) -> None:
    """Print the tables."""
    from rich.console import Console

    console = Console(highlight=False)
    for table in (_turns(turns), _summary(turns), _budget(turns, profile)):
        console.print(table)
    console.print(_last_line(turns))


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    return table


def _turns(turns: Sequence[Turn]) -> Table:
    table = _table("question", "run", "v2v ms", "end", "stt", "token", "clause", "voice", "out", "seq.", "ratio")
    for turn in turns:
        m = turn.measures
        cells = [_ms(m.get(name)) for name in ("voice_to_voice", *PARTS, "sequential")]
        cells[0] = turn.problem or cells[0]
        ratio = f"{m['ratio']:.2f}" if "ratio" in m else "-"
        run = f"{turn.run}.{turn.session}" if turn.session > 1 else str(turn.run)
        early = "*" if turn.speculated else ""
        table.add_row(turn.question, run + early, *cells, ratio)
    return table


def _summary(turns: Sequence[Turn]) -> Table:
    table = _table("ms", "p50", "p95", "max", "turns")
    for name, found in summary(turns).items():
        values = (found.p50, found.p95, found.max)
        shown = [f"{v:.2f}" for v in values] if name.startswith("ratio") else [_ms(v) for v in values]
        table.add_row(f"{'  ' * (name in OF_THE_REST)}{LABELS[name]}", *shown, str(found.count))
    return table


def _budget(turns: Sequence[Turn], profile: Profile) -> Table:
    table = _table(f"budget of {profile.name}", "ms", "p95", "")
    for line in against(turns, profile.budget):
        table.add_row(line.name, _ms(line.budget), _ms(line.p95), "over" if line.over else "ok")
    return table


def _last_line(turns: Sequence[Turn]) -> str:
    adopted, wasted = sum(t.speculated for t in turns), sum(t.wasted for t in turns)
    stalls = [t.stalls for t in turns if t.stalls is not None]
    gaps = f"; gaps within answers {sum(stalls) * 1e3:.0f} ms" if stalls else ""
    problems = sum(bool(t.problem) for t in turns)
    used = sorted({" + ".join(t.backends.values()) for t in turns if t.backends})
    answered = f"answered by {'; '.join(used) or 'nobody'}"
    guesses = f"speculation (*): {adopted} adopted, {wasted} wasted{gaps}"
    return f"{answered}\n{guesses}; {problems} of {len(turns)} without an answer"


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1e3:.0f}"
