"""A day of conversation on a simulated clock: memory stays flat, the log is set aside and bounded."""

from __future__ import annotations

import gc
import json
import logging
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from prometheus_client import generate_latest

from swv6.dashboard.conversation import Conversation as Dashboard
from swv6.stages.listening import Fanout
from swv6.telemetry import events, log
from swv6.telemetry.log_events import logged
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.stamps import Stamper

TURNS = 1440
"""One a minute for 24 hours."""
SIZE, KEEP = 100_000, 3


@pytest.fixture
def _restored() -> Iterator[None]:
    root = logging.getLogger("swv6")
    before = root.handlers[:], root.level, root.propagate
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])


def turn(number: int) -> Iterator[events.Event]:
    """Give what a turn reports, with something that fails now and then."""
    said = f"question numéro {number} sur le temps qu'il fait"
    yield events.TurnBegan(number * 60.0)
    yield from (events.Level(0.1) for _ in range(20))
    yield from (events.HeardSoFar(said[: 5 * n]) for n in range(3))
    yield events.TurnEnded(number, 0.4)
    yield events.TurnHeard(number, said, "prism", 0.3)
    for kind, backend in (("stt", "prism"), ("llm", "xllamacpp"), ("tts", "kokoro")):
        yield events.CacheUsed(kind, backend, hit=number % 3 == 0)
        yield events.StageBegan(kind, backend)
        yield events.StageFirst(kind, backend, 0.1)
        yield events.StageEnded(kind, backend, 0.1, 0.3, "ok")
    if number % 50 == 0:
        yield events.FellBack("llm", "openai", f"connection {number} refused: {said}")
        yield events.DeviceLost("microphone", f"gone for the {number}th time")
        yield events.DeviceBack("microphone", "another one")
    yield events.FirstSound(number, 0.6, 1.0, thinking=True)
    yield events.ReplyText(number, f"Réponse {number}.")
    yield events.ReplyEnded(number, f"Réponse {number}.", "ok", 0.3, 0.2, 0.1, 0.6)


def written(folder: Path, number: int) -> bool:
    """Say whether the last line of a turn is in a file; not while one is set aside."""
    try:
        lines = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir()).splitlines()
    except FileNotFoundError:
        return False
    return any('"reply_ended"' in line and f'"turn": {number},' in line for line in lines)


def held(folder: Path, number: int) -> tuple[int, int]:
    """Give bytes and objects in use, once this turn is written: up to a thousand events may wait for that."""
    waited = 0
    while not written(folder, number):
        waited += 1
        assert waited < 600, f"turn {number} was not written in 30 s"
        sleep(0.05)
    gc.collect()
    return tracemalloc.get_traced_memory()[0], len(gc.get_objects())


@pytest.mark.usefixtures("_restored")
def test_a_day_leaves_memory_flat_and_a_bounded_log(tmp_path: Path) -> None:
    now = 0.0
    fanout = Fanout(events.nobody, Stamper(lambda: now))
    metrics, board = Metrics({"total": 1.2}), Dashboard({"total": 1.2}, transcripts=True, clock=lambda: now)
    log.configure(0)
    log.keep(tmp_path / "log.jsonl", size=SIZE, count=KEEP)
    tracemalloc.start()
    try:
        with logged(fanout.stamp, False, "Tu es une assistante.") as listener:
            assert listener
            fanout.add("log", listener)
            fanout.add("metrics", metrics)
            fanout.add("dashboard", board)
            for number in range(1, TURNS + 1):
                for place, event in enumerate(turn(number)):
                    now = number * 60 + place * 0.2
                    fanout(event)
                if number == TURNS // 8:
                    before = held(tmp_path, number)
            after = held(tmp_path, TURNS)
    finally:
        tracemalloc.stop()
    assert now >= 24 * 3600
    assert after[0] < before[0] * 1.2 + 50_000
    assert after[1] < before[1] * 1.02 + 200
    assert set(fanout._guests) == {"log", "metrics", "dashboard"}  # none failed and was dropped
    assert f"swv6_turns_total {TURNS}.0" in generate_latest(metrics.registry).decode()
    files = sorted(tmp_path.iterdir())
    assert len(files) == KEEP + 1
    assert sum(file.stat().st_size for file in files) <= SIZE * (KEEP + 1)
    last = [json.loads(line) for line in files[0].read_text(encoding="utf-8").splitlines()]
    assert (last[-1]["event"], last[-1]["turn"]) == ("reply_ended", TURNS)
    assert "temps qu'il fait" not in "".join(file.read_text(encoding="utf-8") for file in files)
