"""`swv6 talk` ends with a verdict; `--assert-budget` makes it the exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.servers import Script, llm_server


@pytest.mark.parametrize(("budget", "code", "says"), [("60 s", 0, "budget met: "), ("0.01 ms", 1, "budget not met: ")])
def test_the_budget_is_the_exit_code(budget: str, code: int, says: str) -> None:
    """Type a question to a model behind a real server and let espeak answer."""
    with llm_server() as server:
        chosen = command("--assert-budget", "--set", f"budget.total={budget}", url=server.url)
        with subprocess.Popen(chosen, **PIPES) as process:
            _, said = process.communicate(QUESTION, timeout=120)
    assert process.returncode == code, said
    assert f"{says}p95 " in said
    assert "1 of 1 turns answered (at least 99%)" in said


def test_ctrl_c_which_ends_most_conversations_brings_the_verdict_too() -> None:
    """Press it after one answer, while the next line is waited for."""
    with llm_server() as server, subprocess.Popen(command(url=server.url), **PIPES) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(QUESTION)
        process.stdin.flush()
        while "first sound after" not in (line := process.stderr.readline()):
            assert line
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert "1 of 1 turns answered" in said


def test_a_turn_without_an_answer_misses_it() -> None:
    """The server dies once the conversation is ready."""
    with llm_server() as server, subprocess.Popen(command("--assert-budget", url=server.url), **PIPES) as process:
        assert process.stdin
        assert process.stderr
        while "Ctrl-D ends" not in process.stderr.readline():
            assert process.poll() is None
        server.script = Script(die_at_once=True)
        _, said = process.communicate(QUESTION, timeout=120)
    assert process.returncode == 1
    assert "budget not met: 0 of 1 turns answered" in said


QUESTION = "Combien de minutes dans deux heures ?\n"
PIPES: dict[str, Any] = {
    **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE),
    "encoding": "utf-8",
    "env": {**os.environ, "PYTHONIOENCODING": "utf-8"},
}


def command(*options: str, url: str) -> list[str]:
    """Type to a model behind a server; espeak answers into a file."""
    file = Path(mkdtemp(prefix="swv6-budget-")) / "answer.wav"
    speaker = f"speaker={{wav: {{file: '{file}', real_time: false}}}}"
    chains = [f"llm=[{{openai: {{url: '{url}'}}}}]", "tts=[espeak]", speaker, "sessions=off"]
    return [sys.executable, "-m", "swv6", "talk", "--text", "-p", "demo", *options, *sets(chains)]


def sets(texts: list[str]) -> list[str]:
    return [part for text in texts for part in ("--set", text)]
