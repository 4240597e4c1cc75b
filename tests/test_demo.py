"""The README's first command, on real weights: two spoken French questions are answered aloud, with memory."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.models.store import Store

pytestmark = pytest.mark.weights
NAME = "Camille"


def swv6(*arguments: str, cwd: Path, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "swv6", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=timeout)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Run the demo once, in an empty folder."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, swv6("talk", "--profile", "demo", "--yes", "--save", "kept", cwd=folder)


def test_both_questions_are_understood_and_answered(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = demo
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    who = [line.split(">")[0].strip() for line in lines]
    assert who == ["you", "swv6"] * 2, done.stdout
    assert NAME in lines[0]
    assert re.search(r"120|cent[ -]vingt", lines[1]), lines[1]
    assert NAME in lines[3]


def test_every_turn_prints_its_latencies(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, done = demo
    timings = re.findall(
        r"first sound after \d+ ms.*: stt \d+ ms \(prism\), llm \d+ ms \(xllamacpp\), tts", done.stderr
    )
    assert len(timings) == 2, done.stderr


def test_the_reply_transcribed_again_recalls_the_name(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = demo
    Store().pull("whisper-base")
    answer = swv6("transcribe", "kept/turn-002-assistant.wav", cwd=folder)
    assert answer.returncode == 0, answer.stderr
    assert NAME.lower() in answer.stdout.lower()
    whole = swv6("transcribe", "swv6-demo.wav", cwd=folder)
    assert whole.returncode == 0, whole.stderr
    assert NAME.lower() in whole.stdout.lower()
