"""Ctrl-C in each phase: exit code 130, no traceback, what was said is kept whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send Ctrl-C to one child process"),
]
PHASES = {
    "loading": None,
    "listening": "listening",
    "thinking": "you >",
    "speaking": "swv6 >",
}
"""Phase -> what is printed when it begins; None interrupts half a second after the start."""


def interrupted(
    arguments: list[str], cwd: Path, mark: str | None, number: signal.Signals = signal.SIGINT
) -> tuple[int, str]:
    """Run the command line, press Ctrl-C (or else) when `mark` is printed, and give its exit code and output."""
    command = [sys.executable, "-u", "-m", "swv6", *arguments]
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    seen = ""
    if mark is None:
        time.sleep(0.5)
    while mark is not None and mark not in seen:
        character = process.stdout.read(1)
        assert character, f"ended before {mark!r}: {seen}"
        seen += character
    process.send_signal(number)
    rest, _ = process.communicate(timeout=120)
    return process.returncode, seen + rest


@pytest.mark.parametrize("phase", PHASES)
def test_talk_ends_cleanly(phase: str, tmp_path: Path) -> None:
    code, output = interrupted(["talk", "-p", "demo", "--yes", "--save", "kept"], tmp_path, PHASES[phase])
    assert code == 130, output
    assert "Traceback" not in output
    assert output.count("swv6: interrupted") == 1
    assert not list(tmp_path.rglob("*.part"))
    for path in tmp_path.rglob("*.wav"):
        with wave.open(str(path)) as sound:
            assert sound.getframerate() > 0
    if phase == "speaking":
        (turn,) = json.loads((tmp_path / "kept" / "conversation.json").read_text(encoding="utf-8"))["turns"]
        assert turn["outcome"] == "interrupted"
        assert "Camille" in turn["user"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("mark", ["prism opened", "listening"])
def test_an_older_recording_stays_while_nothing_was_said(mark: str, number: signal.Signals, tmp_path: Path) -> None:
    older = tmp_path / "swv6-demo.wav"
    older.write_bytes(b"an older recording")
    code, output = interrupted(["-v", "talk", "-p", "demo", "--yes"], tmp_path, mark, number)
    assert code == 130, output
    assert list(tmp_path.iterdir()) == [older]
    assert older.read_bytes() == b"an older recording"


def test_say_leaves_no_half_file(tmp_path: Path) -> None:
    long = "Une phrase assez longue pour durer. " * 200
    code, output = interrupted(["-v", "say", long, "-o", "x.wav", "--yes"], tmp_path, None)
    assert code == 130, output
    assert list(tmp_path.iterdir()) == []


def test_transcribe_prints_whole_lines_only(tmp_path: Path) -> None:
    sounds = Path(__file__).parent.parent / "profiles" / "sounds"
    files = [str(sounds / "question-1.wav")] * 50
    code, output = interrupted(["transcribe", "--yes", *files], tmp_path, "Camille")
    assert code == 130, output
    assert "Traceback" not in output


def test_a_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "swv6", "talk", "-p", "demo", "--yes"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr is not None
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    assert process.stderr.readline() == "swv6: interrupted\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    process.stderr.close()
