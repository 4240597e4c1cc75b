"""A real `swv6 talk` is killed in mid-answer: nothing of what was said before is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from swv6.sessions.archive import listing
from tests.servers import LLMServer, Script, llm_server

ANSWER = ("Bonjour", " Zoé", ".")


@pytest.fixture
def server() -> Iterator[LLMServer]:
    """A language model that answers at once."""
    with llm_server(Script(deltas=ANSWER)) as server:
        yield server


def swv6(home: Path, *arguments: str) -> list[str]:
    """Give a command line whose sessions are kept in `home`."""
    os.environ["SWV6_SESSIONS"] = str(home / "sessions.db")
    return [sys.executable, "-m", "swv6", *arguments]


def talking(server: LLMServer, home: Path, *more: str) -> list[str]:
    """Give the command of a typed conversation without sound."""
    settings = (
        f"llm=[{{openai: {{url: '{server.url}'}}}}]",
        "tts=[silent]",
        f"speaker=[{{wav: {{file: '{home / 'out.wav'}', real_time: false}}}}]",
        "stt=[openai]",  # never asked, and needs no weights
    )
    return swv6(home, "talk", "--text", *(word for setting in settings for word in ("--set", setting)), *more)


def output(home: Path, *arguments: str) -> str:
    """Run a command to its end."""
    done = subprocess.run(swv6(home, *arguments), capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(condition: object, process: subprocess.Popen[str]) -> None:
    """Wait until something is so, while a process lives."""
    assert callable(condition)
    while not condition():
        assert process.poll() is None
        time.sleep(0.01)


def test_kill_9_in_mid_answer_loses_no_completed_turn(
    server: LLMServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")  # put back afterwards
    process = subprocess.Popen(
        talking(server, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin is not None
    for turn, line in enumerate(["Je m'appelle Zoé.", "Comment je m'appelle ?"]):
        process.stdin.write(line + "\n")
        process.stdin.flush()
        wait_for(lambda turn=turn: server.requests > turn + 1, process)  # the first request warms the model up
    server.script = Script(deltas=("Attends", "."), hang_after=1)
    process.stdin.write("Et alors ?\n")
    process.stdin.flush()
    wait_for(lambda: server.requests > 3, process)
    wait_for(lambda: listing()[0].turns == 2, process)  # the thread that writes may be a moment behind
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.communicate()

    assert "Je m'appelle Zoé." in output(tmp_path, "sessions", "list")
    shown = output(tmp_path, "sessions", "show")
    assert shown.count("swv6 > Bonjour Zoé.") == 2
    assert "Comment je m'appelle ?" in shown
    assert "Bonjour" in output(tmp_path, "sessions", "search", "zoe")

    server.script, server.bodies[:] = Script(deltas=ANSWER), []
    resumed = subprocess.run(
        talking(server, tmp_path, "--resume", "1"),
        input="Et maintenant ?\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert resumed.returncode == 0, resumed.stderr
    assert "kept as session 1" in resumed.stderr
    said = [message["content"] for message in server.last["messages"] if message["role"] != "system"]
    assert said == ["Je m'appelle Zoé.", "Bonjour Zoé.", "Comment je m'appelle ?", "Bonjour Zoé.", "Et maintenant ?"]
    assert output(tmp_path, "sessions", "show", "1").count("you  >") == 3
    assert "removed session 1" in output(tmp_path, "sessions", "rm", "1")


def test_one_line_turns_it_off(server: LLMServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")
    command = talking(server, tmp_path, "--set", "sessions=off", "--once")
    subprocess.run(command, input="Bonjour\n", text=True, encoding="utf-8", check=True, timeout=120)
    assert not (tmp_path / "sessions.db").exists()
