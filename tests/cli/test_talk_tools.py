"""`swv6 talk --profile assistant`, typed: tools answer, in the language asked for; a timer speaks when it is due."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.servers import Script, llm_server
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
