"""`swv6 doctor` asks the servers that a profile names."""

from __future__ import annotations

import json

import pytest

from tests.servers import llm_server
from tests.test_bad_input import swv6


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Let doctor look at one server that runs and one that does not."""
    with llm_server() as down:
        pass
    with llm_server() as up:
        chain = f"llm=[{{openai: {{url: '{up.url}'}}}}]"
        voices = f"tts=[{{openai: {{url: '{down.url}'}}}}, {{piper_cli: {{program: no-such-piper}}}}]"
        folder = tmp_path_factory.mktemp("doctor")
        done = swv6("doctor", "--json", "-p", "demo", "--set", chain, "--set", voices, cwd=folder)
        assert list(folder.iterdir()) == []
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def test_a_server_that_refuses_is_a_warning(findings: list[dict[str, str]]) -> None:
    (found,) = [f for f in findings if f["subject"] == "tts openai"]
    assert found["status"] == "warning"
    assert "cannot connect" in found["what"]
    assert "http://" in found["what"]


def test_a_server_that_answers_is_fine(findings: list[dict[str, str]]) -> None:
    assert [(f["status"], f["what"]) for f in findings if f["subject"] == "llm openai"] == [("ok", "answers")]


def test_a_program_that_is_missing_is_not_usable(findings: list[dict[str, str]]) -> None:
    (found,) = [f for f in findings if f["subject"] == "tts piper_cli"]
    assert (found["status"], found["what"]) == ("warning", "missing program no-such-piper")
    assert 'pip install "swv6[piper]"' in found["hint"]
