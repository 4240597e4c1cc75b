"""`swv6 doctor` on machines with one thing wrong each; all but the self-test load no model."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.examined import found, put
from tests.test_bad_input import swv6

FAKE_NVML = """
class NVMLError(Exception): ...
def nvmlInit(): ...
def nvmlShutdown(): ...
def nvmlSystemGetCudaDriverVersion_v2(): return 12040
def nvmlDeviceGetCount(): return 2
def nvmlDeviceGetHandleByIndex(index): return index
def nvmlDeviceGetName(handle): return "NVIDIA RTX A4000"
def nvmlDeviceGetUUID(handle): return f"GPU-{handle}"
class nvmlDeviceGetMemoryInfo:
    def __init__(self, handle): self.total = 16 * 10**9
"""
WRONG = (
    ("sounddevice.py", "raise OSError('PortAudio library not found')"),
    ("pynvml.py", FAKE_NVML),
    ("broken_ear.py", "raise RuntimeError('this ear is broken')"),
    ("ears-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: ears\nVersion: 1.0\n"),
    ("ears-1.0.dist-info/entry_points.txt", "[swv6]\near = broken_ear\n"),
)
"""A sound card without PortAudio, the wrong graphics card and a plugin that raises: files that Python finds first."""
TOY = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(1000))


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Let doctor look at a machine where much is wrong; read what it prints for people."""
    folder = tmp_path_factory.mktemp("wrong")
    put(folder, *WRONG)
    done = swv6("doctor", "--quick", "-p", "rtx3090", PYTHONPATH=str(folder))
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done


def line(done: subprocess.CompletedProcess[str], *begin: str) -> tuple[str, str]:
    """Give the line that begins so, and what stands under it."""
    lines = [" ".join(text.split()) for text in done.stdout.splitlines()]
    (at,) = [n for n, text in enumerate(lines) if text.startswith(" ".join(begin))]
    return lines[at], lines[at + 1]


def test_without_portaudio(wrong: subprocess.CompletedProcess[str]) -> None:
    text, command = line(wrong, "problem", "microphone sounddevice")
    assert "PortAudio does not load: PortAudio library not found" in text
    assert command.startswith("-> ")
    assert line(wrong, "problem", "speaker sounddevice")


def test_the_wrong_graphics_card(wrong: subprocess.CompletedProcess[str]) -> None:
    text, command = line(wrong, "problem", "gpu")
    assert "GPU name" in text
    assert "RTX A4000" in text
    assert "expected 'RTX 3090'" in text
    assert "CUDA_VISIBLE_DEVICES" in command


def test_a_broken_plugin(wrong: subprocess.CompletedProcess[str]) -> None:
    text, command = line(wrong, "problem", "plugin ear")
    assert "this ear is broken" in text
    assert command == "-> swv6 plugins show ear"


def test_what_is_wrong_keeps_nothing_else_from_its_line(wrong: subprocess.CompletedProcess[str]) -> None:
    assert line(wrong, "ok", "profile rtx3090")
    assert line(wrong, "ok", "vad silero")
    assert " problems, " in wrong.stdout.splitlines()[-1]


def test_a_damaged_model_is_found_and_mended(tmp_path: Path) -> None:
    """One byte is flipped behind swv6's back, size and time as before: only hashing finds it."""
    good, models, file = tmp_path / "good", tmp_path / "models", tmp_path / "models" / "toy" / "toy.gguf"
    for folder in (good, file.parent):
        folder.mkdir(parents=True)
        (folder / "toy.gguf").write_bytes(TOY)
    entry = {
        "format": "gguf",
        "languages": ["fr"],
        "license": "MIT",
        "summary": "A toy.",
        "sources": [{"file": str(good)}],
    }
    files = {"toy.gguf": {"sha256": hashlib.sha256(TOY).hexdigest(), "size": len(TOY)}}
    put(tmp_path, ("models.yaml", yaml.safe_dump({"toy": {**entry, "files": files}})))
    only = ["--set", "llm=[{xllamacpp: {model: toy}}]", "--set", "stt=[{openai: {}}]", "--set", "tts=[silent]"]
    env: dict[str, Any] = {"SWV6_MODELS": str(models), "SWV6_CATALOG": str(tmp_path / "models.yaml")}

    def doctor(*more: str) -> subprocess.CompletedProcess[str]:
        return swv6("doctor", "--quick", "--json", "-p", "demo", *only, *more, **env)

    assert found(doctor(), "model toy")["level"] == "ok"  # hashed, and remembered
    before = file.stat()
    file.write_bytes(bytes([TOY[0] ^ 1]) + TOY[1:])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    deep = doctor("--deep")
    assert deep.returncode == 1
    assert found(deep, "model toy")["level"] == "problem"
    assert found(deep, "model toy")["command"] == "swv6 models pull --force toy"
    refused = doctor("--fix")
    assert found(refused, "fix model toy")["level"] == "warning"
    assert file.read_bytes() != TOY
    mended = doctor("--fix", "--yes", "--deep")
    assert found(mended, "fix model toy")["text"] == "fetched again: it was damaged"
    assert found(mended, "model toy")["level"] == "ok"
    assert file.read_bytes() == TOY


def test_a_profile_that_is_wrong_exits_as_everywhere() -> None:
    for arguments in (("-p", "nope"), ("-p", "default", "--set", "language=xx", "--json")):
        result = swv6("doctor", "--quick", *arguments)
        assert result.returncode == 2
        assert "problem" in result.stdout
        assert result.stderr == ""


def test_an_archive_is_called_zip(tmp_path: Path) -> None:
    done = swv6("doctor", "--quick", "-p", "nope", "--bundle", "help.txt", cwd=tmp_path)
    assert "help.txt.zip holds" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["help.txt.zip"]


def test_an_archive_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for wish, said, hint in (
        ("nowhere/b.zip", "the folder nowhere does not exist", "mkdir -p nowhere"),
        ("file/b.zip", "file is no folder", "a file that can be written"),
        ("folder", "that is a folder", str(Path("folder", "swv6-support.zip"))),
    ):
        done = swv6("doctor", "--bundle", wish, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        what, _, helps = done.stderr.partition("->")
        assert said in what
        assert hint in helps
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.weights
def test_this_machine(tmp_path: Path) -> None:
    """Everything, the self-test too: each stage has its time, through the profile's own backends."""
    done = swv6("doctor", "-p", "demo", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    for kind, backend in (("stt", "prism"), ("llm", "xllamacpp"), ("tts", "kokoro")):
        time = found(done, f"time of {kind}")
        busy = time["text"].startswith("no answer") and "other programs kept" in time["text"]
        assert busy or f" by {backend} (budget " in time["text"]
        assert time["level"] in ("ok", "warning")
    assert not list(tmp_path.iterdir())
