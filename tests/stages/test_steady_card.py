"""The sound card goes and comes back in mid-sentence: what was not heard is said again, and what is said is heard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from swv6.audio.files import WavWriter
from swv6.types import Audio
from tests.stages.steady_program import LEVELS
from tests.virtual_audio import SCRIPT, VirtualAudio

pytestmark = pytest.mark.audio
SAID = np.random.default_rng(3).uniform(-0.9, 0.9, 16000).astype(np.float32)


def _daemon(card: VirtualAudio) -> Path:
    return Path(card.env["SWV_AUDIO_DIR"], "pulse.pid")


def _through(card: VirtualAudio, tmp_path: Path, lose: str, bring_back: str) -> dict[str, Any]:
    wav = tmp_path / "said.wav"
    with WavWriter(wav, 16000) as writer:
        writer.append(Audio(SAID, 16000))
    command = [sys.executable, "-m", "tests.stages.steady_program", lose, bring_back, f"{SCRIPT} say {wav}"]
    done = subprocess.run(
        command,
        env={**os.environ, **card.env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    print({key: value for key, value in said.items() if key != "heard"})
    return said


def _went_on(said: dict[str, Any]) -> None:
    """Check that both devices went and came, that nothing unheard was lost, and that the microphone hears again."""
    assert sorted(said["events"]) == [
        "DeviceBack microphone",
        "DeviceBack speaker",
        "DeviceLost microphone",
        "DeviceLost speaker",
    ]
    assert said["backwards"] == 0
    assert said["played"] == pytest.approx(len(LEVELS) * 0.5, abs=0.02)
    assert 1.0 <= said["before"] <= said["played"]
    first, second = said["first"], said["second"]
    assert first == list(LEVELS[: len(first)])
    assert second == list(LEVELS[-len(second) :])
    assert second[0] == LEVELS[int(said["before"] / 0.5)], "from the start of the sound that was cut"
    assert _likeness(np.array(said["heard"], np.float32), SAID) > 0.9


def _likeness(heard: Any, said: Any) -> float:
    size = len(heard) + len(said)
    cross = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    return float(cross.max() / (np.linalg.norm(heard) * np.linalg.norm(said)))


def test_complaint_20_unplugged_and_plugged_in_again(card: VirtualAudio, tmp_path: Path) -> None:
    lose = f"{SCRIPT} unplug vmic_in; {SCRIPT} unplug vspk"
    _went_on(_through(card, tmp_path, lose, f"{SCRIPT} plug"))


def test_a_sound_server_that_was_killed_and_started_again(card: VirtualAudio, tmp_path: Path) -> None:
    _went_on(_through(card, tmp_path, f"kill -9 $(cat {_daemon(card)})", f"{SCRIPT} start >/dev/null"))


def test_a_sound_server_that_froze_and_woke_up(card: VirtualAudio, tmp_path: Path) -> None:
    pid = int(_daemon(card).read_text(encoding="utf-8"))
    try:
        _went_on(_through(card, tmp_path, f"kill -STOP {pid}", f"sleep 3; kill -CONT {pid}"))
    finally:
        os.kill(pid, signal.SIGCONT)
