"""`swv6 mic` through PortAudio on the virtual sound card."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from tests.virtual_audio import VirtualAudio

QUESTION = Path(__file__).resolve().parents[2] / "profiles" / "sounds" / "question-1.wav"


def begin(card: VirtualAudio, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "swv6", "mic", "--json", *arguments]
    env = {**os.environ, **card.env, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def wait_for(stream: IO[str] | None, words: str) -> None:
    assert stream is not None
    assert any(words in line for line in stream)


def ended(check: subprocess.Popen[str]) -> tuple[int, dict[str, Any]]:
    out, _ = check.communicate()
    return check.returncode, json.loads(out)


@pytest.mark.audio
def test_speech_is_measured(virtual_audio: VirtualAudio) -> None:
    check = begin(virtual_audio, "--seconds", "6")
    wait_for(check.stderr, "now speak")
    virtual_audio.run("say", str(QUESTION))
    code, found = ended(check)
    measured = found["measured"]
    assert code == 0, found
    assert 2.0 < measured["spoken"] < 4.5
    assert measured["peak"] == pytest.approx(0.6, abs=0.05)
    assert measured["speech_dbfs"] == pytest.approx(-21.5, abs=2)
    assert not measured["lost"]


@pytest.mark.audio
def test_a_mute_microphone_is_unusable(virtual_audio: VirtualAudio) -> None:
    code, found = ended(begin(virtual_audio, "--seconds", "1"))
    assert code == 5
    assert found["findings"][0]["name"] == "signal"


@pytest.mark.audio
def test_complaint_1_the_echo_is_found_and_how_late_it_is(virtual_audio: VirtualAudio) -> None:
    """The virtual room adds what it is told to: 300 ms more must be measured as 300 ms more."""
    found = []
    for milliseconds in ("60", "360"):
        virtual_audio.run("echo-on", milliseconds)
        code, report = ended(begin(virtual_audio, "--loopback"))
        virtual_audio.run("echo-off")
        assert code == 0
        assert report["loopback"]["echo"]
        assert report["loopback"]["level_db"] == pytest.approx(0.0, abs=1.5)
        found.append(report["loopback"]["delay_ms"])
    assert found[0] < 600
    assert found[1] - found[0] == pytest.approx(300, abs=120)


@pytest.mark.audio
def test_without_an_echo_it_says_so(virtual_audio: VirtualAudio) -> None:
    check = begin(virtual_audio, "--loopback")
    wait_for(check.stderr, "chirps")
    virtual_audio.run("say", str(QUESTION))  # a voice in the room is no echo
    code, found = ended(check)
    assert code == 0
    assert found["loopback"]["peak"] > 0.3
    assert not found["loopback"]["echo"]
    assert "no echo" in found["findings"][0]["text"]
