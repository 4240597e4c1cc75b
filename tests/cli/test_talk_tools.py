"""`swv6 talk --profile assistant`, typed: tools answer, in the language asked for; a timer speaks when it is due.

What they cannot do ends in an apology, and the conversation goes on; a timer that is lost with it is named.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.servers import LLMServer, Script, llm_server
from tests.sessions.test_killed import talking


def test_a_sum_is_calculated_and_a_timer_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")  # put back afterwards
    with llm_server(Script(deltas=("de mémoire",))) as server:
        process = subprocess.Popen(
            talking(server, tmp_path, "--profile", "assistant"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        said = list[str]()
        try:
            for question, answer in (
                ("Parle anglais.\n", "I will speak English"),
                ("Comment vas-tu ?\n", "de mémoire"),
                ("Combien font dix-sept fois vingt-trois ?\n", "That makes 391"),
                ("Mets une minuterie de deux secondes.\n", "is over"),
            ):
                process.stdin.write(question)
                process.stdin.flush()
                while answer not in (said[-1] if said else ""):
                    line = process.stdout.readline()
                    assert line, f"it ended after {said}"
                    said.append(line)
        finally:
            process.stdin.close()
            process.wait(timeout=60)
    asked = [message["content"] for body in server.bodies for message in json.loads(body)["messages"]]
    assert any(text.endswith("From now on, answer in English only.") for text in asked)
    assert not any("17" in text or "fois" in text or "minuterie" in text for text in asked)


def piped(server: LLMServer, home: Path, lines: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Pipe lines into a conversation."""
    command = talking(server, home, "--profile", "assistant", *more)
    return subprocess.run(
        command, input=lines, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def test_what_cannot_be_done_ends_in_an_apology_and_the_conversation_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")
    asked = (
        (
            "mets une minuterie de moins trois minutes",
            "Désolé, une minuterie dure d'une seconde à vingt-quatre heures.",
        ),
        ("minuterie de mille heures", "Désolé, une minuterie dure d'une seconde à vingt-quatre heures."),
        ("mets une minuterie", "Pour combien de temps ? Dites par exemple : une minuterie de cinq minutes."),
        ("convertis 10 miles en kilogrammes", "Désolé, ces unités ne vont pas ensemble."),
        ("convertis 10 parsecs en kilomètres", "Désolé, je ne sais pas convertir cela."),
        ("combien font douze divisé par zéro", "Désolé, on ne peut pas diviser par zéro."),
        ("parle klingon", "Désolé, je n'ai pas de voix en klingon ici. Je peux parler "),
        ("Comment vas-tu ?", "de mémoire"),
    )
    with llm_server(Script(deltas=("de mémoire",))) as server:
        done = piped(server, tmp_path, "".join(f"{question}\n" for question, _ in asked))
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[::2] == [f"you > {question}" for question, _ in asked]
    for line, (_, answer) in zip(said[1::2], asked, strict=True):
        assert line.startswith(f"swv6 > {answer}")
    assert "lost" not in done.stderr


def test_the_end_of_a_pipe_waits_for_what_is_due_soon_and_names_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")
    lines = "mets une minuterie de dix minutes\nmets une minuterie d'une seconde\n"
    with llm_server(Script()) as server:
        done = piped(server, tmp_path, lines)
        once = piped(server, tmp_path, lines, "--once")
    assert (done.returncode, once.returncode) == (0, 0)
    assert "La minuterie de 1 seconde est terminée." in done.stdout
    for ended in (done, once):
        [lost] = [line for line in ended.stderr.splitlines() if "lost: " in line]
        assert '"La minuterie de 10 minutes est terminée.", due at ' in lost


def test_ctrl_c_names_what_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")
    with llm_server(Script()) as server:
        process = subprocess.Popen(
            talking(server, tmp_path, "--profile", "assistant"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("mets une minuterie de trente secondes\n")
        process.stdin.close()
        said = list[str]()
        while not any("waiting" in line for line in said):
            said.append(process.stderr.readline())
            assert said[-1], said
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert "Ctrl-C ends" in said[-1]
    assert 'lost: "La minuterie de 30 secondes est terminée.", due at ' in rest


def test_a_tool_that_hangs_ends_in_an_apology_and_the_conversation_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWV6_SESSIONS", "")
    info = tmp_path / "site" / "slow_tool-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-tool\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[swv6]\nslow = tests.cli.slow_tool\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), str(Path(__file__).parents[2])]))
    with llm_server(Script(deltas=("de mémoire",))) as server:
        done = piped(server, tmp_path, "Quelle est la météo ?\nComment vas-tu ?\n", "--set", "tools=[slow]")
    assert done.returncode == 0, done.stderr
    assert "swv6 > Un instant. Désolé, cela prend trop de temps." in done.stdout
    assert "swv6 > de mémoire" in done.stdout
