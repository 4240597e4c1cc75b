"""`swv6 doctor` asks the servers that a profile names, and packs what it found."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.cli.examined import found, put
from tests.servers import Script, llm_server
from tests.test_bad_input import swv6

SAID = "Bonjour Camille, le code du coffre est douze"
KEY = "zq-9f81-tres-secret"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Let doctor look at a server that runs and one that does not, and pack what it found."""
    folder = tmp_path_factory.mktemp("servers")
    stt = f"[{{openai: {{key_env: MY_EAR, extra: {{token: {KEY}}}}}}}]"
    logged = (
        {"level": "info", "event": "turn_heard", "turn": 3, "text": SAID},
        {"level": "warning", "event": f"not sent: {SAID}", "api_key": KEY, "turn": 2},
        {"event": "stage_ended", "kind": "stt", "total": 0.3, "turn": 1},
    )
    put(
        folder,
        ("mine.yaml", f"extends: demo\nprompt: {SAID}\nlog: {{file: logs/mine.jsonl}}\nstt: {stt}\n"),
        *((f"logs/mine.jsonl{place}", json.dumps(line)) for place, line in zip(("", ".1", ".2"), logged, strict=True)),
    )
    with llm_server() as down:
        pass
    with llm_server(Script(models=("small", "large"))) as up:
        sets = [
            f"llm=[{{openai: {{url: '{up.url}'}}}}]",
            f"stt.openai.url='{up.url}'",
            f"tts=[{{openai: {{url: '{down.url}'}}}}, {{piper_cli: {{program: no-such-piper}}}}]",
        ]
        options = [part for text in sets for part in ("--set", text)]
        env: dict[str, Any] = {"MY_EAR": "e7", "OPENAI_API_KEY": KEY, "XDG_STATE_HOME": str(folder / "state")}
        done = swv6("doctor", "--quick", "--json", "-p", "mine.yaml", *options, "--bundle", "b.zip", cwd=folder, **env)
    assert sorted(path.name for path in folder.iterdir()) == ["b.zip", "logs", "mine.yaml"], done.stderr
    return done, folder / "b.zip"


def test_a_server_that_refuses_and_its_chain(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = servers
    server = found(done, "tts openai")
    assert server["level"] == "warning"
    assert "cannot connect" in server["text"]
    assert "--set tts.openai.url=" in server["command"]
    assert (found(done, "tts")["level"], found(done, "tts")["text"]) == ("problem", "usable here: none")
    assert done.returncode == 1


def test_a_server_that_answers_says_what_it_serves(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = servers
    assert (found(done, "llm openai")["level"], found(done, "llm openai")["text"]) == (
        "ok",
        "answers, serves: small, large",
    )
    assert found(done, "llm")["text"] == "usable here: openai"
    other = found(done, "stt openai")
    assert other["level"] == "warning"
    assert "does not list whisper-1" in other["text"]
    assert other["command"] == "--set stt.openai.model=small"


def test_a_program_that_is_missing_is_not_usable(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    program = found(servers[0], "tts piper_cli")
    assert (program["level"], program["text"]) == ("warning", "missing program no-such-piper")
    assert 'pip install "swv6[piper]"' in program["command"]


def test_the_archive_holds_no_secret_and_no_speech(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, path = servers
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(parts) == {
        "README.txt", "findings.json", "versions.json", "profile.json", "plugins.json", "log.jsonl"
    }  # fmt: skip
    everything = "\n".join(parts.values())
    for planted in (KEY, SAID, "Camille", "coffre", str(Path.home()) + os.sep):
        assert planted not in everything
    profile = json.loads(parts["profile.json"])
    assert profile["prompt"] == f"({len(SAID)} characters)"
    assert profile["stt"][0]["options"]["key_env"] == "MY_EAR"
    assert profile["stt"][0]["options"]["extra"] == {"token": "(redacted)"}
    assert [json.loads(line) for line in parts["log.jsonl"].splitlines()] == [
        {"event": "stage_ended", "kind": "stt", "total": 0.3, "turn": 1},
        {"level": "warning", "turn": 2},
        {"level": "info", "event": "turn_heard", "turn": 3},
    ]
    assert [f["name"] for f in json.loads(parts["findings.json"])] == [f["name"] for f in json.loads(done.stdout)]
