"""What events cost: a stage with nobody listening beside the bare one, and each listener by the event.

    python benchmarks/telemetry.py [ROUNDS]

Everything is measured in turns, round after round: processor time of the thread that reports, medians with quartiles,
and of the whole process, for listeners on a thread of their own. (`python
benchmarks/telemetry_turns.py` asks spoken questions with metrics and without.)
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time, sleep, thread_time

import anyio
from opentelemetry.sdk.trace import TracerProvider

from plugins_builtin.otel.traces import Traces
from swv6.dashboard.conversation import Conversation
from swv6.stages.listening import Fanout
from swv6.stages.timing import timed
from swv6.telemetry import log
from swv6.telemetry.behind import behind
from swv6.telemetry.events import (
    CacheUsed,
    Event,
    FirstSound,
    Level,
    ReplyEnded,
    ReplyText,
    StageBegan,
    StageEnded,
    StageFirst,
    StateChanged,
    TurnBegan,
    TurnEnded,
    TurnHeard,
    nobody,
)
from swv6.telemetry.log_events import logged
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.stamps import Stamped

ITEMS, STREAMS, TURNS = 50, 20, 20
DEALT = 0.1
"""Seconds in which a thread of listeners has dealt with the events of all turns."""


def turn(number: int) -> list[Event]:
    """Give what one turn of an ordinary conversation reports: three stages, two clauses, two seconds of levels."""
    stages = [("stt", "prism", 0.3), ("llm", "xllamacpp", 0.2), ("tts", "kokoro", 0.1), ("tts", "kokoro", 0.1)]
    spoken = [
        event
        for kind, name, took in stages
        for event in (
            CacheUsed(kind, name, hit=False),
            StageBegan(kind, name),
            StageFirst(kind, name, took),
            StageEnded(kind, name, took, took * 2, "ok"),
        )
    ]
    return [
        TurnBegan(1.0),
        *(Level(0.1) for _ in range(20)),
        TurnEnded(number, 0.4),
        StateChanged("thinking"),
        TurnHeard(number, "Quelle heure est-il ?", "prism", 0.3),
        *spoken,
        FirstSound(number, 0.6, 1.0, thinking=True),
        ReplyText(number, "Il est midi."),
        ReplyText(number, "Bon appétit."),
        ReplyEnded(number, "Il est midi. Bon appétit.", "ok", 0.3, 0.2, 0.1, 0.6),
    ]


async def model(request: str, /) -> AsyncIterator[str]:
    """Answer at once."""
    for _ in range(ITEMS):
        yield request


async def streamed(stage: Callable[[str], AsyncIterator[str]]) -> float:
    """Give the microseconds of one stream."""
    began = thread_time()
    for _ in range(STREAMS):
        async for _item in stage("x"):
            pass
    return (thread_time() - began) / STREAMS * 1e6


def told(report: Callable[[Event], None], events: list[Event]) -> tuple[float, float]:
    """Give the microseconds of one event: of the thread that reports it, and of all threads until it is dealt with."""
    began, began_all = thread_time(), process_time()
    for event in events:
        report(event)
    took = thread_time() - began
    sleep(DEALT)  # for what is told behind
    return took / len(events) * 1e6, (process_time() - began_all) / len(events) * 1e6


@contextmanager
def logged_to(folder: Path, fanout: Fanout) -> Iterator[None]:
    """Let a log file hear a conversation."""
    log.configure(0, file=str(folder / "log.jsonl"))
    with logged(fanout.stamp, text=False, prompt="Tu réponds en une phrase.") as listener:
        assert listener
        fanout.add("log", listener)
        yield
    logging.shutdown()


def idle(stamped: Stamped) -> None:
    """Listen, and do nothing."""


def main(rounds: int) -> None:
    """Measure, and print."""
    silent, heard = Fanout(nobody), Fanout(nobody)
    heard.add("idle", idle)
    counted = Fanout(nobody)
    counted.add("metrics", Metrics({"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2}))
    written, traced = Fanout(nobody), Fanout(nobody)
    watched = Fanout(nobody)
    watched.add("dashboard", Conversation({"total": 1.2, "stt": 0.4, "llm": 0.5, "tts": 0.2}, transcripts=False))
    events = [event for number in range(TURNS) for event in turn(number + 1)]
    streams = {"bare stage": model, "timed, nobody listens": timed(model, "llm", "a", silent)}
    reports = {
        "nobody listens": silent,
        "a listener that does nothing": heard,
        "metrics": counted,
        "dashboard": watched,
        "log file (level info)": written,
        "traces (otel), sent nowhere": traced,
    }
    found: dict[str, list[float]] = {name: [] for name in (*streams, *reports)}
    whole: dict[str, list[float]] = {name: [] for name in reports}
    traces = Traces(TracerProvider(shutdown_on_exit=False).get_tracer("benchmark"))
    with TemporaryDirectory() as folder, logged_to(Path(folder), written), behind(traces) as told_behind:
        traced.add("otel", told_behind)
        for _ in range(rounds):
            for name, stage in streams.items():
                found[name].append(anyio.run(streamed, stage))
            for name, report in reports.items():
                here, everywhere = told(report, events)
                found[name].append(here)
                whole[name].append(everywhere)
    for name, values in found.items():
        low, middle, high = quantiles(values, n=4)
        unit = f"us a stream of {ITEMS} items" if name in streams else "us an event"
        beside = f"; {median(whole[name]):.2f} with the listener's thread" if name in whole else ""
        print(f"{name:32} {middle:8.2f} {unit} ({low:.2f} to {high:.2f}){beside}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 31)
