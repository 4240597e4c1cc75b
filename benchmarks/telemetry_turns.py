"""What metrics cost a spoken turn: the same questions with and without them, in one process, one after the other.

    python benchmarks/telemetry_turns.py [QUESTIONS [RUNS]]

Each question is asked as often with metrics as without, in changing order; RUNS is even. Prints the median of the
paired differences with its 95 % confidence interval, and what the events of a turn cost by the event: turns differ by
far more than metrics can cost, so the second figure is the one that says how much it is.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import comb
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time
from typing import Any

import anyio

from swv6.bench.joined import _wav
from swv6.bench.latency import Plan, measure
from swv6.bench.questions import questions
from swv6.bench.turn import Turn
from swv6.models.store import Store
from swv6.plugins import Backend, Options, Stamped
from swv6.profiles import Choice, resolve
from swv6.telemetry.metrics import Metrics


class Switch:
    """Metrics that can be turned off, and what they cost while they are on."""

    def __init__(self) -> None:
        self.on = False
        self.told = 0
        self.seconds = 0.0
        """Of processor time."""
        self._metrics = Metrics({"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2})

    def __call__(self, stamped: Stamped) -> None:
        """Count one event."""
        if self.on:
            began = thread_time()
            self._metrics(stamped)
            self.seconds += thread_time() - began
            self.told += 1


def interval(values: list[float]) -> tuple[float, float]:
    """Give the 95 % confidence interval of the median, by the ranks that a fair coin leaves in it."""
    ordered, n, tail, rank = sorted(values), len(values), 0.0, 0
    while (tail := tail + comb(n, rank) / 2**n) <= 0.025 and rank < n // 2:
        rank += 1
    low = max(0, rank - 1)
    return ordered[low], ordered[n - 1 - low]


async def asked(count: int, runs: int, switch: Switch) -> dict[tuple[str, bool], list[float]]:
    """Give the seconds from the true end of speech to sound, by question and by whether metrics were on."""
    chosen = tuple(questions()[:count])
    order = [(n + run) % 2 == 0 for run in range(runs) for n in range(len(chosen))]
    found, states = dict[tuple[str, bool], list[float]](), iter([*order[1:], False])
    switch.on = order[0]

    @asynccontextmanager
    async def opened(options: Options) -> AsyncIterator[Switch]:
        yield switch

    def done(turn: Turn) -> None:
        if (took := turn.measures.get("voice_to_voice")) is not None:
            found.setdefault((turn.question, switch.on), []).append(took)
        switch.on = next(states)

    switched: Backend[Any] = Backend("switch", "Metrics, on and off.", opened, Options)
    profile = resolve("default", ()).model_copy(
        update={
            "listeners": (Choice(backend="switch", options=Options(), offer=switched),),
            "microphone": (_wav("microphone", {"files": [str(chosen[0].file)]}),),
            "speaker": (_wav("speaker", {"file": "answers.wav"}),),
        }
    )
    with TemporaryDirectory() as folder:
        await measure(Plan(chosen, runs, compare=False), profile, Store(), Path(folder), done)
    return found


def main(count: int, runs: int) -> None:
    """Measure, and print."""
    switch = Switch()
    found = anyio.run(asked, count, runs, switch)
    pairs = [
        (on, off)
        for question in {question for question, _ in found}
        for on, off in zip(found.get((question, True), ()), found.get((question, False), ()), strict=False)
    ]
    shares = [(on - off) / off * 100 for on, off in pairs]
    low, high = interval(shares)
    turns = sum(len(values) for (_, on), values in found.items() if on)
    usual = median(off for _, off in pairs)
    cost, each = switch.seconds / turns, switch.seconds / switch.told * 1e6
    print(f"{len(pairs)} pairs, {usual * 1e3:.0f} ms a turn without metrics")
    print(f"with metrics: {median(shares):+.1f} % (95 % interval of the median: {low:+.1f} to {high:+.1f} %)")
    print(f"{switch.told / turns:.0f} events a turn, {each:.1f} us each: {cost / usual:.3%}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3])) if len(sys.argv) > 2 else main(7, 4)
