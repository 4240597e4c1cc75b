"""`swv6 listen` as it is used: in a pipe, on a terminal, through a sound card, until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Script, llm_server
from tests.test_bad_input import SOUNDS, refused, swv6
from tests.virtual_audio import VirtualAudio

HELLO = SOUNDS / "bonjour.wav"
QUESTION = SOUNDS.parent.parent / "profiles" / "sounds" / "question-1.wav"
VAD = ("--set", "vad=[webrtc]")


@pytest.fixture(scope="module")
def ear() -> Iterator[str]:
    """Give the override that makes a server the only recogniser."""
    with llm_server(Script(transcript={"text": "Bonjour."})) as server:
        yield f"stt=[{{openai: {{url: '{server.url}'}}}}]"


def live(*files: Path) -> str:
    """Give the override that speaks files as a microphone does, and is silent for a minute after each."""
    paths = json.dumps([str(file) for file in files])
    return f"microphone=[{{wav: {{files: {paths}, waits: false, silence_after: 60}}}}]"


def begin(*arguments: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "swv6", "listen", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
    )  # fmt: skip


def test_each_utterance_of_a_recording_is_an_object_with_its_times(ear: str) -> None:
    files = json.dumps([str(HELLO), str(HELLO)])
    two = f"microphone=[{{wav: {{files: {files}, real_time: false}}}}]"
    done = swv6("listen", "--json", "--set", two, "--set", ear, *VAD)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert first["text"] == second["text"] == "Bonjour."
    assert first["start"] < first["end"] < second["start"] < second["end"]


def test_once_is_one_line(ear: str) -> None:
    files = json.dumps([str(HELLO), str(HELLO)])
    two = f"microphone=[{{wav: {{files: {files}, real_time: false}}}}]"
    done = swv6("listen", "--once", "--set", two, "--set", ear, *VAD)
    assert (done.returncode, done.stdout) == (0, "Bonjour.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one child process")
def test_a_line_is_there_while_it_listens_on(ear: str) -> None:
    with begin("--set", live(HELLO), "--set", ear, *VAD) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "Bonjour.\n"
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest) == (130, "")
    assert errors.endswith("swv6: interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one child process")
def test_ctrl_c_prints_what_is_being_said(ear: str) -> None:
    waits = ("silence", "finished", "unfinished", "max_turn")
    patient = [part for key in waits for part in ("--set", f"turns.{key}=50s")]
    with begin("--set", live(HELLO), "--set", ear, *VAD, *patient) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        assert "dictate" in process.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)  # it has been said, and the turn has not ended
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "Bonjour.\n"
        assert process.wait(60) == 130
        assert "Traceback" not in process.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is Unix's")
def test_on_a_terminal_what_is_said_so_far_is_seen(ear: str, tmp_path: Path) -> None:
    from tests.cli.terminal import Terminal

    terminal = Terminal("listen", "--set", live(QUESTION), "--set", ear, *VAD, cwd=str(tmp_path))
    terminal.see("q quits")
    terminal.see("… Bonjour.")
    terminal.see("\rBonjour.\r\n")
    terminal.end("q")
    assert terminal.code == 0
    assert terminal.echoes


def test_without_a_terminal_there_is_no_key(ear: str) -> None:
    refused(swv6("listen", "--push-to-talk", "--from", str(HELLO), "--set", ear, *VAD), 2, "needs a terminal")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a clipboard")
def test_without_a_clipboard_it_says_so_at_once(ear: str) -> None:
    done = swv6("listen", "--copy", "--from", str(HELLO), "--set", ear, *VAD, DISPLAY="", WAYLAND_DISPLAY="")
    refused(done, 5, "no clipboard", "leave --copy out")


def test_a_missing_recording_is_named() -> None:
    refused(swv6("listen", "--from", "missing.wav", "--yes", *VAD), 2, "missing.wav")


@pytest.mark.weights
def test_a_recording_is_understood() -> None:
    done = swv6("listen", "--yes", "--from", str(QUESTION))
    assert done.returncode == 0, done.stderr
    for word in ("Bonjour", "Camille", "minutes", "deux heures"):
        assert word in done.stdout.replace("2", "deux")


@pytest.mark.audio
def test_a_sound_card_is_heard(ear: str, virtual_audio: VirtualAudio) -> None:
    with begin("--once", "--set", ear, *VAD, **virtual_audio.env) as process:
        assert process.stderr is not None
        assert "dictate" in process.stderr.readline()
        virtual_audio.run("say", str(HELLO))
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "Bonjour.\n"), errors
