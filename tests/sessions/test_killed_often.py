"""kill -9 at any moment, while a turn is written too: what was over before is whole, and goes on."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.sessions.archive import listing, story
from tests.servers import Script, llm_server
from tests.sessions.test_killed import output, talking, wait_for

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
WRITER = """
import sys
from pathlib import Path
import numpy as np
from swv6.sessions.archive import story
from swv6.sessions.database import connected
from swv6.sessions.recorder import Recorder
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio

path = Path(sys.argv[1])
earlier = story("last", path) if len(sys.argv) > 2 else None
recorder = Recorder("default", "fr", True, earlier, path)
recorder._thread.join = lambda: None
sound, number = Audio(np.zeros(48000, np.float32), 24000), 0
with connected(path) as database:
    while True:
        number += 1
        recorder.keep(Turn(number, f"question {number}", "réponse", "ok", Span(0, 1), Span(1, 2), sound, (sound,)))
        while database.execute("SELECT COUNT(*) FROM turns").fetchone()[0] < recorder._turns + number:
            pass
        print(recorder._turns + number, flush=True)
"""
"""Keeps turns with their sound as fast as they are written, and says which are there."""


def test_no_kill_while_a_turn_is_written_harms_those_before(tmp_path: Path) -> None:
    path, moments, kept = tmp_path / "sessions.db", random.Random(5), 0
    for kill in range(5):
        command = [sys.executable, "-c", WRITER, str(path), *(["resume"] if kill else [])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            seen = [int(process.stdout.readline()) for _ in range(3)][-1]
            for _ in range(moments.randrange(20_000)):  # some part of the milliseconds that a turn takes
                pass
            process.send_signal(KILL)
            seen = max(seen, *map(int, process.stdout.read().split()), 0)
        with sqlite3.connect(path) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            sounds = database.execute("SELECT COUNT(*) FROM sounds GROUP BY turn").fetchall()
        numbers = [turn.number for turn in story("last", path).turns]
        assert numbers == list(range(1, len(numbers) + 1)), "none is missing between two that are there"
        assert len(numbers) >= seen > kept, "what was there before the kill is there after it"
        assert sounds == [(2,)] * len(numbers), "a turn is whole or not there"
        kept = seen
    assert len(listing(path)) == 1


def test_a_talk_that_is_killed_again_and_again_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")  # put back afterwards
    moments, kept = random.Random(9), 0
    with llm_server(Script(deltas=("Bonjour", " Zoé", "."))) as server:
        for kill in range(2):
            more = ("--resume",) if kill else ()
            process = subprocess.Popen(
                talking(server, tmp_path, *more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                encoding="utf-8",
            )  # fmt: skip
            assert process.stdin is not None
            process.stdin.write("".join(f"Question {kill} {n} ?\n" for n in range(40)))
            process.stdin.flush()
            enough = kept + moments.randrange(1, 12)
            wait_for(lambda enough=enough: any(row.turns >= enough for row in listing()), process)
            process.send_signal(KILL)
            process.communicate()
            kept = listing()[0].turns
            assert kept >= enough
        shown = output(tmp_path, "sessions", "show")
    assert shown.count("you  > Question") == shown.count("swv6 > ") == kept
    assert "Question 0 0 ?" in shown
    assert "Question 1 0 ?" in shown
    assert "Question 0 0 ?" in output(tmp_path, "sessions", "list")
