"""`swv6 transcribe` with a recogniser behind a real HTTP server: what is said of silence and of files that fail."""

from __future__ import annotations

import json
import os
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from swv6.cli.transcribe import app
from tests.servers import Script, llm_server
from tests.test_bad_input import SOUNDS, swv6

SPEECH = str(SOUNDS / "bonjour.wav")


@pytest.fixture(scope="module")
def ear() -> Iterator[str]:
    """Give the override that makes a server the only recogniser."""
    with llm_server(Script(transcript={"text": "Bonjour."})) as server:
        yield f"stt=[{{openai: {{url: '{server.url}'}}}}]"


@pytest.fixture
def silence(tmp_path: Path) -> str:
    """Write a second of nothing."""
    path = tmp_path / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    return str(path)


def test_silence_is_told_on_stderr_and_prints_nothing(ear: str, silence: str) -> None:
    done = swv6("transcribe", silence, "--set", ear)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"swv6: {silence}: no speech was heard\n"


def test_a_failed_file_has_its_json_too(ear: str, silence: str) -> None:
    done = swv6("transcribe", "--json", SPEECH, "missing.wav", silence, "--set", ear)
    spoken, missing, silent = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert (spoken["file"], spoken["success"], spoken["text"]) == (SPEECH, True, "Bonjour.")
    assert missing == {"file": "missing.wav", "success": False, "error": "missing.wav: no such file"}
    assert silent["text"] == ""
    assert "no such file" in done.stderr
    assert "no speech" not in done.stderr


def test_v_tells_what_was_opened_and_vv_every_event_and_traceback(ear: str) -> None:
    arguments = ("transcribe", SPEECH, "missing.wav", "--set", ear)
    plain, told, all_ = swv6(*arguments), swv6("-v", *arguments), swv6("-vv", *arguments)
    assert plain.stdout == told.stdout == all_.stdout
    assert "openai" not in plain.stderr
    assert "swv6: openai opened in " in told.stderr
    assert "swv6: stt: openai\n" in told.stderr
    assert "kind=stt backend=openai first=" not in told.stderr
    assert "kind=stt backend=openai first=" in all_.stderr
    assert "FileNotFoundError" in all_.stderr
    assert "Traceback" not in plain.stderr + told.stderr


def test_the_only_recogniser_fails_once(ear: str) -> None:
    with llm_server() as server:
        pass
    done = swv6("transcribe", SPEECH, "--set", f"stt=[{{openai: {{url: '{server.url}'}}}}]")
    assert done.returncode == 1
    assert done.stderr.count("cannot connect") == 1
    assert "BackendError" not in done.stderr
    assert "->" in done.stderr


def test_a_file_that_may_not_be_read_is_no_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with typer.main.get_command(app).make_context("transcribe", [SPEECH]) as context:
        assert context.params["inputs"] == [SPEECH]
