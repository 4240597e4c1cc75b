"""What other programs take of the cores is told apart from what this one takes."""

from __future__ import annotations

from collections import namedtuple
from types import SimpleNamespace

import psutil
import pytest

from swv6.health import busy
from swv6.health.selftest import judged
from swv6.profiles import resolve
from swv6.telemetry.events import StageEnded

Times = namedtuple("Times", "user system idle steal")


@pytest.mark.parametrize(("machine", "own", "others"), [(3.5, 1.0, 1.25), (2.0, 2.0, 0.0), (1.9, 2.0, 0.0)])
def test_what_others_took(machine: float, own: float, others: float, monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(wall=10.0, machine=100.0, own=5.0)
    monkeypatch.setattr(busy, "perf_counter", lambda: now.wall)
    monkeypatch.setattr(psutil, "cpu_times", lambda: Times(now.machine, 0.0, 7.0, 1.0))
    monkeypatch.setattr(psutil, "Process", lambda: SimpleNamespace(cpu_times=lambda: (now.own, 0.0, 0.0)))
    counting = busy.Busy()
    now.wall, now.machine, now.own = 12.0, 100.0 + machine, 5.0 + own
    assert counting.others() == others


def test_it_is_mentioned_where_it_matters() -> None:
    assert busy.mentioned(1.6, 2) == "; other programs kept 1.6 of 2 cores busy"
    assert busy.mentioned(0.5, 2) == ""


def test_a_slow_line_says_whether_it_was_alone() -> None:
    profile, ended = resolve("default", ()), StageEnded("llm", "xllamacpp", 3.8, 4.0, "ok")
    alone, beside = judged(profile, "llm", ended, []), judged(profile, "llm", ended, [], busy.mentioned(1.6, 2))
    assert "smaller model" in alone.command
    assert beside.text.endswith("1.6 of 2 cores busy")
    assert "close what else is running" in beside.command
