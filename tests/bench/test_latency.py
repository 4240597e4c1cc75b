"""`swv6 bench latency` on real weights: through files, and through PortAudio."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from swv6.bench.questions import questions
from swv6.bench.results import read
from swv6.bench.turn import PARTS
from tests.virtual_audio import VirtualAudio

pytestmark = pytest.mark.weights


def latency(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Measure in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "swv6",
        "bench",
        "latency",
        "--yes",
        "--out",
        str(cwd / "runs"),
        *map(str, arguments),
    ]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=600, check=False)


def check(turn: dict[str, Any], text: str) -> None:
    """See that one turn was understood and measured in full."""
    m = turn["measures"]
    assert turn["problem"] == ""
    assert text in turn["heard"].lower()
    assert turn["answer"]
    assert turn["backends"] == {"stt": "prism", "llm": "xllamacpp", "tts": "kokoro"}
    assert sum(m[part] for part in PARTS) == pytest.approx(m["voice_to_voice"], abs=0.001)
    assert 0 < m["from_decision"] <= m["voice_to_voice"]
    assert {span["kind"] for span in turn["spans"] if span["used"]} == {"stt", "llm", "tts"}


def test_two_questions_are_measured_against_the_sequential_way(tmp_path: Path) -> None:
    asked = [q for q in questions() if q.name in ("01-capitale", "12-printemps")]
    files = [q.file for q in asked]
    done = latency(*files, "--json", "found.json", "--html", "found.html", cwd=tmp_path, COLUMNS="120")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    for turn, word in zip(found["turns"], ("italie", "printemps"), strict=True):
        check(turn, word)
        way = turn["sequential"]
        assert way["answer"]
        assert min(way["stt"], way["llm"], way["tts"]) > 0
        assert turn["measures"]["ratio"] > 0
        assert turn["points"]["vad_end"] == pytest.approx(0.0, abs=0.2)
    assert "voice to voice" in done.stdout.lower()
    assert "answered by prism + xllamacpp + kokoro" in done.stdout
    assert (tmp_path / "found.html").read_text(encoding="utf-8").count("<svg") == 2
    (kept,) = (tmp_path / "runs").glob("*.json")
    assert [section.name for section in read(kept)[1]] == ["latency"]


def test_a_budget_that_cannot_be_met_is_an_exit_code_and_conversations_share_engines(tmp_path: Path) -> None:
    file = next(q.file for q in questions() if q.name == "01-capitale")
    arguments = ("--sessions", 2, "--no-sequential", "--set", "budget.total=1ms", "--assert-budget", "--json", "-")
    done = latency(file, *arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert sorted(turn["session"] for turn in found["turns"]) == [1, 2]
    for turn in found["turns"]:
        check(turn, "italie")
    assert next(line for line in found["budget"] if line["name"] == "total")["over"]


@pytest.mark.audio
def test_a_real_microphone_is_asked_through_a_loudspeaker(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    config = tmp_path / "alsa.conf"
    usual = Path(virtual_audio.env["ALSA_CONFIG_PATH"]).read_text(encoding="utf-8")
    server = virtual_audio.env["PULSE_SERVER"]
    mouth = f'pcm.mouth {{ type pulse server "{server}" device "{virtual_audio.env["SWV_VMIC_SINK"]}" }}\n'
    config.write_text(usual + mouth, encoding="utf-8")
    env = {**virtual_audio.env, "ALSA_CONFIG_PATH": str(config)}
    file = next(q.file for q in questions() if q.name == "12-printemps")
    devices = ("--microphone", "sounddevice", "--through", "mouth", "--set", "microphone.sounddevice.device=default")
    answers = ("--set", "speaker.sounddevice.device=default")
    done = latency(file, *devices, *answers, "--no-sequential", "--json", "-", cwd=tmp_path, **env)
    assert done.returncode == 0, done.stderr
    (turn,) = json.loads(done.stdout)["turns"]
    check(turn, "printemps")


def test_several_conversations_cannot_share_a_real_microphone(tmp_path: Path) -> None:
    done = latency("--sessions", 2, "--microphone", "sounddevice", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot share one microphone" in done.stderr
