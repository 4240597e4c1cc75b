"""`swv6 say -o` says which places it cannot write to."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.test_bad_input import refused, swv6

ESPEAK = ("--set", "tts=[espeak, silent]")


def test_stdout_is_no_sound_file(tmp_path: Path) -> None:
    done = swv6("say", "Bonjour", "-o", "-", cwd=tmp_path)
    refused(done, 2, "stdout", "-o out.wav")
    assert "-.wav" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a folder in which no file can be made")
def test_a_folder_that_takes_no_file_is_not_said_to_be_missing() -> None:
    done = swv6("say", "Bonjour", "-o", "/proc/x.wav", "--set", "tts=[silent]", "--yes")
    refused(done, 2, "/proc/x.wav", "->")
    assert "does not exist" not in done.stderr


def test_a_file_that_is_no_text_is_not_spoken(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("déjà vu".encode("latin-1"))
    done = swv6("say", "--file", "old.txt", "-o", "x.wav", cwd=tmp_path)
    refused(done, 2, "old.txt is no UTF-8 text", "UTF-8")
    assert not (tmp_path / "x.wav").exists()


def test_a_sound_that_is_piped_is_not_spoken(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "swv6", "say", "-o", "x.wav", *ESPEAK]
    done = subprocess.run(command, input=b"RIFF\0\0\0\0WAVE", cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert b"standard input is no text" in done.stderr
    assert not (tmp_path / "x.wav").exists()


@pytest.mark.parametrize("data", ["déjà vu\n".encode("latin-1"), b"caf\xc3"])
def test_a_pipe_that_is_no_text_is_not_spoken(data: bytes, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-m", "swv6", "say", "-o", "x.wav", *ESPEAK]
    done = subprocess.run(command, input=data, cwd=tmp_path, capture_output=True, timeout=60)
    assert (done.returncode, b"standard input is no UTF-8 text" in done.stderr) == (2, True), done.stderr
    assert not list(tmp_path.iterdir())


def test_text_is_taken_from_a_pipe_and_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Bonjour, voilà 3 chats. Au revoir.", encoding="utf-8")
    command = [sys.executable, "-m", "swv6", "say", "-o", "piped.flac", *ESPEAK]
    piped = subprocess.run(command, input="Bonjour, voilà 3 chats. Au revoir.".encode(), cwd=tmp_path, timeout=60)
    done = swv6("say", "--file", "text.txt", "-o", "read.flac", *ESPEAK, cwd=tmp_path)
    assert (piped.returncode, done.returncode) == (0, 0), done.stderr
    assert (tmp_path / "piped.flac").read_bytes() == (tmp_path / "read.flac").read_bytes()


def test_another_voice_is_told_and_strict_makes_it_a_failure(tmp_path: Path) -> None:
    broken = f"tts=[{{piper: {{voice: '{tmp_path.as_posix()}'}}}}, espeak, silent]"
    done = swv6("say", "Bonjour", "-o", "out.wav", "--set", broken, cwd=tmp_path)
    assert done.returncode == 0
    assert "spoken by espeak instead of piper" in done.stderr
    before = (tmp_path / "out.wav").read_bytes()
    text = "Bonsoir à vous tous. Ceci est la suite."
    refused(swv6("say", text, "-o", "out.wav", "--strict", "--set", broken, cwd=tmp_path), 1, "espeak", "->")
    done = swv6("say", text, "-o", "new.wav", "--strict", "--json", "--set", broken, cwd=tmp_path)
    assert '"success": false' in done.stdout
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"out.wav": before}


@pytest.mark.parametrize("text", ["😀 --- ***", "…", "👍\n- \n"])
def test_a_text_of_signs_only_says_what_helps(text: str, tmp_path: Path) -> None:
    refused(swv6("say", text, "-o", "x.wav", *ESPEAK, cwd=tmp_path), 2, "emoji and signs alone", "-> swv6 say")
    command = [sys.executable, "-m", "swv6", "say", "-o", "x.wav", *ESPEAK]
    piped = subprocess.run(command, input=text.encode(), cwd=tmp_path, capture_output=True, timeout=60)
    assert (piped.returncode, b"emoji and signs alone" in piped.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_silence_is_no_voice(tmp_path: Path) -> None:
    only = f"tts=[{{piper: {{voice: '{tmp_path.as_posix()}'}}}}, silent]"
    refused(swv6("say", "Bonjour", "-o", "out.wav", "--set", only, cwd=tmp_path), 4, "onnx")
    assert not list(tmp_path.iterdir())


def test_silence_that_is_asked_for_is_written(tmp_path: Path) -> None:
    done = swv6("say", "Bonjour", "-o", "out.wav", "--backend", "silent", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "out.wav").exists()) == (0, True), done.stderr


@pytest.mark.parametrize("arguments", [("Bonjour", "--file", "x.txt"), ("--file", "x.txt"), ("Bonjour", "--no-play")])
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], tmp_path: Path) -> None:
    refused(swv6("say", *arguments, cwd=tmp_path), 2, "->")


@pytest.mark.skipif(sys.platform == "win32", reason="a process of Windows cannot be sent a Ctrl-C alone")
def test_ctrl_c_does_not_wait_for_more_text(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "swv6", "say", "-o", "out.wav", *ESPEAK]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write("Voilà une phrase entière. Et".encode())
        process.stdin.flush()
        until = time.monotonic() + 60
        while not list(tmp_path.glob("*.part")):  # the first clause has been spoken
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    assert not list(tmp_path.iterdir())
