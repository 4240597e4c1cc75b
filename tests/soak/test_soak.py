"""Hours of conversation in half a minute: everything fails now and then, nothing is left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import pytest

pytestmark = pytest.mark.weights
TURNS = 200
SETTLED = 20
"""Turns after which memory may hardly grow any more."""
GROWTH = 0.05
"""Share by which it may."""
POOLED = ("MainThread", "AnyIO worker thread", "tqdm_monitor")
"""Threads that libraries keep for the next time."""


def converse(kind: str, turns: int, folder: Path) -> dict[str, Any]:
    """Hold a conversation in a process of its own, and check what holds for any."""
    command = [sys.executable, "-m", "tests.soak.program", kind, str(turns), str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    print(
        {key: value for key, value in found.items() if key not in ("held", "turns")},
        found["held"][:: max(1, turns // 10)],
    )
    assert found["turns"] == list(range(1, turns + 1))
    assert not found["silent"], "turns that were neither answered nor apologised for"
    assert found["after"]["tasks"] == found["before"]["tasks"]
    assert found["after"]["files"] <= found["before"]["files"]
    assert not set(found["threads"]) - set(POOLED)
    return found


def test_complaint_17_two_hundred_turns_in_which_everything_fails_now_and_then(tmp_path: Path) -> None:
    found = converse("faulty", TURNS, tmp_path)
    assert found["outcomes"]["ok"] > 0.8 * TURNS
    assert all(0.05 < share < 0.15 for share in found["struck"].values())
    held = found["held"]
    assert held[-1]["memory"] <= held[SETTLED - 1]["memory"] * (1 + GROWTH)
    for what in ("tasks", "threads", "files"):
        middle = [h[what] for h in held[TURNS // 2 - SETTLED : TURNS // 2]]  # every backend has been opened by then
        assert median([h[what] for h in held[-SETTLED:]]) <= median(middle), what


def test_ten_real_turns_leave_nothing_behind(tmp_path: Path) -> None:
    assert converse("real", 10, tmp_path)["outcomes"] == {"ok": 10}
