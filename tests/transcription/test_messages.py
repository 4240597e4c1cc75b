"""What a run says of its recordings: by the names that the user gave them, each thing once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Thread

import numpy as np
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


def test_quiet_may_stand_behind_the_command(world: World) -> None:
    tone(world.folder / "a.wav")
    before, behind = world.run("a.wav", "-o", "one"), world.run("-q", "a.wav", "missing.wav", "-o", "two")
    assert "1 of 1: a.wav" in before.stderr
    assert behind.stderr == "swv6: missing.wav: no such file\n  -> check the path\n"
    assert behind.returncode == 1
    assert world.run("--quiet", "-", input=_half(world)).stderr == ""


def test_a_rate_of_samples_is_refused_for_what_are_none(world: World) -> None:
    text = tone(world.folder / "a.wav")
    for done, code, what in (
        (world.run("a.wav", "--raw-rate", "8000"), 2, "swv6: --raw-rate 8000: is for bare PCM on standard input (-)"),
        (world.run("-", "--raw-rate", "8000", input=(world.folder / "a.wav").read_bytes()), 1, "swv6: -: standard inp"),
    ):
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith(what)
        assert "\n  -> leave" in done.stderr
    noise = np.random.default_rng(7).integers(-9000, 9000, 8000).astype("<i2").tobytes()
    done = world.run("-", input=noise)
    assert done.returncode == 1
    assert "\n  -> 16-bit mono PCM needs its rate: swv6 transcribe - --raw-rate 16000; " in done.stderr
    samples = (world.folder / "a.wav").read_bytes()[44:]
    assert world.run("-", "--raw-rate", "16000", input=samples).stdout == f"{text}\n"


def test_an_empty_name_is_not_the_whole_folder(world: World) -> None:
    tone(world.folder / "a.wav")
    done = world.run("a.wav", "")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("swv6: an empty name\n  -> ")


def test_an_output_folder_that_cannot_be_one_is_a_usage_error(world: World) -> None:
    tone(world.folder / "a.wav")
    for folder, says in (("a.wav", "is a file, and texts need a folder"), ("a.wav/out", "cannot be written: ")):
        done = world.run("a.wav", "-o", folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"swv6: {folder}: {says}".replace("/", os.sep) in done.stderr
        assert "\n  -> choose another --output-dir" in done.stderr


def test_two_spellings_of_a_file_are_one_recording(world: World) -> None:
    """In the order in which they were named first."""
    (world.folder / "sub").mkdir()
    texts = [tone(world.folder / f"{name}.wav", pitch=pitch) for name, pitch in (("b", 300.0), ("a", 500.0))]
    spellings = ("b.wav", "a.wav", "./b.wav", "sub/../b.wav", str(world.folder / "b.wav"))
    assert world.run(*spellings).stdout == f"b.wav:\n{texts[0]}\na.wav:\n{texts[1]}\n"
    done = world.run(*spellings, "-o", "out")
    assert done.returncode == 0
    assert sorted(path.name for path in (world.folder / "out").glob("*.txt")) == ["a.txt", "b.txt"]
