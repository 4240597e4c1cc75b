"""What a run says of its recordings: by the names that the user gave them, each thing once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.test_bad_input import SOUNDS
from tests.transcription.world import World, tone


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path).prepare()


def _half(world: World) -> bytes:
    """Give a second of sound, cut in the middle."""
    tone(world.folder / "whole.wav", seconds=1.0)
    return (world.folder / "whole.wav").read_bytes()[:16044]


def test_standard_input_is_called_by_its_sign(world: World) -> None:
    done = world.run("-", input=_half(world))
    assert done.stderr == "swv6: -: truncated: its header promises 1.0 s, 0.5 s could be decoded\n"
    assert world.run("-", input=b"no sound").stderr.startswith("swv6: -: is a text file, no sound\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
def test_a_pipe_is_called_by_its_name(world: World) -> None:
    os.mkfifo(world.folder / "pipe")
    writer = Thread(target=(world.folder / "pipe").write_bytes, args=(_half(world),))
    writer.start()
    done = world.run("pipe")
    writer.join()
    assert done.stderr == "swv6: pipe: truncated: its header promises 1.0 s, 0.5 s could be decoded\n"


def test_a_broken_model_is_told_once_and_blames_no_recording(world: World) -> None:
    """It loads while the first recordings are read."""
    (world.folder / "model").mkdir()
    (world.folder / "model" / "model.bin").write_bytes(b"no weights")
    sounds = [str(SOUNDS / name) for name in ("bonjour.wav", "meteo.flac", "meteo.mp3")]
    done = world.run(*sounds, "--set", "stt=[prism: {model: ./model, device: cpu}]")
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr.startswith("swv6: prism cannot load ")
    assert done.stderr.endswith("\n  -> swv6 models verify\n")
    assert done.stderr.count("cannot load") == 1
    assert "no stt backend" not in done.stderr
