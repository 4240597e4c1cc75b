"""Settings of turns that contradict each other are told where they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.profiles.contradictions import ORDER
from swv6.profiles.turns import Turns
from tests.profiles.fakes import BASE, mistakes, write


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("pause", "0.7 s", "found 0.7 while turns.silence is 0.6, expected at most that"),
        ("finished", "700 ms", "found 0.7 while turns.silence is 0.6, expected at most that"),
        ("silence", "2 s", "found 2 while turns.unfinished is 1.2, expected at most that"),
        ("unfinished", "0.5 s", "found 0.5 while turns.silence is 0.6, expected at least that"),
        ("unfinished", "40 s", "found 40 while turns.max_turn is 30, expected at most that"),
        ("min_speech", "31 s", "found 31 while turns.max_turn is 30, expected at most that"),
        ("insist", "1 min", "found 60 while turns.max_turn is 30, expected at most that"),
        ("hysteresis", "0.6", "found 0.6 while turns.threshold is 0.5, expected at most that"),
        ("pre_roll", "0.2 s", "found 0.2, expected at least 0.5: with less, the first word may be lost"),
        ("first_words", "-1", "found -1, expected greater than or equal to 0"),
    ],
)
def test_a_contradiction_is_told_at_its_line(tmp_path: Path, key: str, value: str, says: str) -> None:
    path = write(tmp_path, f"{BASE}turns:\n  speculate: true\n  {key}: {value}\n")
    (problem,) = mistakes(path)
    assert problem.startswith(f"@:9: turns.{key}: {says}")


def test_of_two_files_the_line_that_contradicts_is_told_and_one_on_the_command_line_too(tmp_path: Path) -> None:
    write(tmp_path, f"{BASE}turns: {{unfinished: 1 s}}\n", "base.yaml")
    (problem,) = mistakes(write(tmp_path, "extends: base.yaml\nturns: {silence: 1.1 s}\n"))
    assert problem.startswith("@:2: turns.silence: found 1.1 while turns.unfinished is 1, ")
    (problem,) = mistakes(write(tmp_path, BASE), "turns.silence=3s")
    assert problem.startswith("--set turns.silence=3s: turns.silence: found 3 while turns.unfinished is 1.2, ")


def test_what_is_shipped_contradicts_nothing() -> None:
    turns = Turns()
    assert all(getattr(turns, low) <= getattr(turns, high) for low, high, _ in ORDER)
