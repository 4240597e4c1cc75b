"""Bad input gets one clear error, the documented exit code, no traceback, and loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

SOUNDS = Path(__file__).parent / "sounds"


def swv6(*arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "swv6", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={k: v for k, v in os.environ.items() if k != "ALSA_CONFIG_PATH"} | env,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Check an error: its code, what it says, that it says it once, and that it helps."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr, (word, done.stderr)


def test_an_unknown_profile_names_the_nearest() -> None:
    refused(swv6("talk", "--profile", "dmeo"), 2, "dmeo", "demo")


def test_a_tab_in_a_profile_is_shown_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "tabbed.yaml"
    path.write_text("extends: default\nturns:\n\tsilence: 1 s\n", encoding="utf-8")
    refused(swv6("profiles", "check", str(path)), 2, "tabbed.yaml:3", "tab")


def test_a_wrong_unit_and_an_unknown_backend_are_both_told_in_one_run(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("extends: default\nturns: {silence: 600 parsecs}\ntts: [kokro]\n", encoding="utf-8")
    refused(
        swv6("talk", "--profile", str(path)),
        2,
        "wrong.yaml:2",
        "turns.silence",
        "wrong.yaml:3",
        "did you mean",
        "kokoro",
    )


def test_nothing_to_say() -> None:
    refused(swv6("say", "  "), 2, "empty", "swv6 say")


def test_say_to_another_format_or_into_a_missing_folder(tmp_path: Path) -> None:
    refused(swv6("say", "Bonjour", "-o", "x.docx", cwd=tmp_path), 2, ".wav")
    missing = swv6("say", "Bonjour", "-o", "nowhere/x.wav", "--set", "tts=[espeak]", cwd=tmp_path)
    refused(missing, 2, "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_here_names_the_command(tmp_path: Path) -> None:
    done = swv6(
        "transcribe",
        str(SOUNDS / "missing.wav"),
        "--yes",
        SWV6_MODELS=str(tmp_path / "models"),
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_EXTRA_INDEX_URL="",
        PIP_CONFIG_FILE=os.devnull,
    )
    refused(done, 4, "whisper-base", "->")
    assert not any(p.is_file() and p.stat().st_size > 1_000_000 for p in tmp_path.rglob("*"))


def test_no_microphone_names_text_and_the_demo() -> None:
    done = swv6("talk", "--yes", PULSE_SERVER="unix:/nonexistent")
    refused(done, 5, "--text", "--profile demo")


def test_the_rtx3090_profile_on_a_machine_without_one_says_so_at_once() -> None:
    if any(Path(p).exists() for p in ("/dev/nvidia0", "/proc/driver/nvidia")):
        pytest.skip("this machine has an NVIDIA card")
    refused(swv6("talk", "--profile", "rtx3090"), 3, "NVIDIA", "->")


@pytest.fixture(scope="module")
def bad_sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of sound files that are wrong in their own ways."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_text("Ceci n'est pas un son. " * 100, encoding="utf-8")
    with wave.open(str(folder / "zero.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(np.zeros(1600, "<i2").tobytes())
    data = bytearray((folder / "zero.wav").read_bytes())
    data[24:28] = b"\0\0\0\0"
    (folder / "zero.wav").write_bytes(data)
    return folder


@pytest.mark.weights
def test_bad_files_are_named_one_by_one_and_the_good_one_is_transcribed(bad_sounds: Path) -> None:
    good = Path(__file__).parent.parent / "profiles" / "sounds" / "question-1.wav"
    names = ["missing.wav", "empty.wav", "text.wav", "zero.wav"]
    done = swv6("transcribe", *(str(bad_sounds / n) for n in names), str(good), "--yes")
    refused(done, 1, "no such file", "empty", "text.wav", "0 Hz")
    assert done.stderr.count("->") >= len(names)
    assert "Camille" in done.stdout
