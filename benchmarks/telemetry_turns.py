"""What events cost in spoken turns, where each comes alone and finds the processor's caches full of a model's weights.

    python benchmarks/telemetry_turns.py [QUESTIONS [RUNS]]

Every event of every turn is told to all contenders, and one of them, in an order thrown beforehand, is timed and told
first: by the clock, or by the processor time of its thread. Two of them are controls: the two readings of the clock
alone, and a fanout to which nobody listens. Prints medians with quartiles; `net` is the median beyond nobody's, with
its 95 % interval; `a turn` is the mean beyond nobody's for as many events as a turn has, and what that is of the wait
for an answer, and of the budget: what would be added at most, if every event came within it. Processor time of
listeners' own threads is read before and after each turn.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles
from tempfile import TemporaryDirectory
from threading import enumerate as threads
from time import clock_gettime, perf_counter, pthread_getcpuclockid, thread_time
from unittest.mock import patch

import anyio
from opentelemetry.sdk.trace import TracerProvider
from telemetry import idle, logged_to

from plugins_builtin.otel.traces import Traces
from swv6.bench.joined import _wav
from swv6.bench.latency import Plan, measure
from swv6.bench.questions import questions
from swv6.bench.recorder import Recorder
from swv6.bench.turn import Turn
from swv6.dashboard.conversation import Conversation
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.listening import Fanout
from swv6.telemetry.behind import behind
from swv6.telemetry.events import Event, Report, nobody
from swv6.telemetry.metrics import Metrics

BUDGET = {"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2}
CLOCKS: dict[str, Callable[[], float]] = {"clock": perf_counter, "processor": thread_time}
READING, NOBODY = "two readings of the clock", "nobody listens"
OFTEN, SHUFFLES = 1000, 200
"""Samples drawn for an interval; how often everybody takes turns before the order repeats."""


@dataclass(slots=True)
class Scales:
    """Times one contender for each event."""

    reports: dict[str, Report]
    took: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    """(contender, clock) -> us of each event."""
    waits: list[float] = field(default_factory=list)
    """Seconds from the end of speech to the first sound, of each turn."""
    behind: list[float] = field(default_factory=list)
    """Seconds of processor time of listeners' own threads, of each turn."""
    events: Counter[str] = field(default_factory=Counter)
    _order: Iterator[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        order = [(name, clock) for name in self.reports for clock in CLOCKS] * SHUFFLES
        Random(0).shuffle(order)
        self._order = cycle(order)

    def __call__(self, event: Event) -> None:
        """Time one, then tell all others."""
        name, by = next(self._order)
        report, clock = self.reports[name], CLOCKS[by]
        began = clock()
        report(event)
        took = clock() - began
        self.took.setdefault((name, by), []).append(took * 1e6)
        self.events[type(event).__name__] += 1
        for other, tell in self.reports.items():
            if other != name:
                tell(event)

    def done(self, turn: Turn) -> None:
        """Note a turn that has ended."""
        if (took := turn.measures.get("voice_to_voice")) is not None:
            self.waits.append(took)
        self.behind.append(own_threads())


def own_threads() -> float:
    """Give the seconds of processor time that listeners' own threads have had."""
    every = [thread.ident for thread in threads() if thread.name == "swv6 listener"]
    return sum(clock_gettime(pthread_getcpuclockid(ident)) for ident in every if ident)


@contextmanager
def contenders() -> Iterator[dict[str, Report]]:
    """Give what is compared; each has its own listeners."""
    names = (NOBODY, "a listener that does nothing", "metrics", "metrics and dashboard", "log file", "traces")
    found = {name: Fanout(nobody) for name in names}
    found["a listener that does nothing"].add("idle", idle)
    found["metrics"].add("metrics", Metrics(BUDGET))
    found["metrics and dashboard"].add("metrics", Metrics(BUDGET))
    found["metrics and dashboard"].add("dashboard", Conversation(BUDGET, transcripts=False))
    with TemporaryDirectory() as folder, ExitStack() as stack:
        stack.enter_context(logged_to(Path(folder), found["log file"]))
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)  # each question begins at turn 1 again
        tracer = TracerProvider(shutdown_on_exit=False).get_tracer("benchmark")
        found["traces"].add("otel", stack.enter_context(behind(Traces(tracer))))
        yield {READING: nobody, **found}


async def asked(count: int, runs: int, scales: Scales) -> None:
    """Ask, with the profile `default` and files in the place of devices."""
    chosen = tuple(questions()[:count])
    devices = {
        "microphone": (_wav("microphone", {"files": [str(chosen[0].file)]}),),
        "speaker": (_wav("speaker", {"file": "answers.wav"}),),
    }
    profile, noted = resolve("default", ()).model_copy(update=devices), Recorder.__call__

    def told(recorder: Recorder, event: Event) -> None:
        noted(recorder, event)
        scales(event)

    with TemporaryDirectory() as folder, patch.object(Recorder, "__call__", told):
        await measure(Plan(chosen, runs, compare=False), profile, Store(), Path(folder), scales.done)


def beyond(values: list[float], control: list[float]) -> tuple[float, float, float]:
    """Give the difference of two medians with its 95 % interval, by drawing both again and again."""
    chance = Random(0)
    drawn = sorted(
        median(chance.choices(values, k=len(values))) - median(chance.choices(control, k=len(control)))
        for _ in range(OFTEN)
    )
    return median(values) - median(control), drawn[OFTEN // 40], drawn[-OFTEN // 40]


def main(count: int, runs: int) -> None:
    """Measure, and print."""
    with contenders() as reports:
        scales = Scales(reports)
        started = own_threads()
        anyio.run(asked, count, runs, scales)
    turns, wait = len(scales.behind), median(scales.waits)
    each = sum(scales.events.values()) / turns
    often = ", ".join(f"{number / turns:.0f} {name}" for name, number in scales.events.most_common(4))
    print(f"{turns} turns, {wait * 1e3:.0f} ms each (median), {each:.0f} events a turn ({often}, ...)")
    for by in CLOCKS:
        columns = f"{'gross (quartiles)':>25}{'net (95 %)':>20}   ms a turn, of the wait, of the budget"
        print(f"\nus an event, by {by:10}{columns}")
        control = scales.took[NOBODY, by]
        for name in reports:
            values = scales.took[name, by]
            low, middle, high = quantiles(values, n=4)
            line = f"{name:30} {middle:5.1f} ({low:.1f} to {high:.1f})"
            if name not in (READING, NOBODY):
                net, least, most = beyond(values, control)
                turn = (fmean(values) - fmean(control)) * each * 1e-6
                line = f"{line:56} {net:5.1f} ({least:.1f} to {most:.1f})"
                line = f"{line:78} {turn * 1e3:5.2f} {turn / wait:8.3%} {turn / BUDGET['total']:8.3%}"
            print(line)
    print(f"\nlisteners' own threads: {(scales.behind[-1] - started) / turns * 1e3:.1f} ms of processor time a turn")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3])) if len(sys.argv) > 2 else main(7, 4)
