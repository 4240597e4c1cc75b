"""`swv6 doctor` on machines with one thing wrong each; all but the self-test load no model."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from tests.servers import Script, llm_server
from tests.test_bad_input import swv6

Findings = list[dict[str, Any]]
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
SAID = "Bonjour Camille, le code du coffre est douze"
KEY = "zq-9f81-tres-secret"


def found(done: subprocess.CompletedProcess[str], name: str) -> dict[str, Any]:
    """Give the finding of one name, of what `--json` printed."""
    findings: Findings = json.loads(done.stdout)
    (one,) = [finding for finding in findings if finding["name"] == name]
    return one


def put(folder: Path, *files: tuple[str, str]) -> None:
    """Write small files."""
    for name, text in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


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


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Let doctor look at a server that runs and one that does not, and pack what it found."""
    folder = tmp_path_factory.mktemp("servers")
    put(
        folder,
        (
            "mine.yaml",
            f"extends: demo\nprompt: {SAID}\nstt: [{{openai: {{key_env: MY_EAR, extra: {{token: {KEY}}}}}}}]\n",
        ),
        ("state/swv6/log/swv6.jsonl", json.dumps({"level": "info", "event": "turn_heard", "turn": 3, "text": SAID})),
    )
    with llm_server() as down:
        pass
    with llm_server(Script(models=("small", "large"))) as up:
        sets = [
            f"llm=[{{openai: {{url: '{up.url}'}}}}]",
            f"stt.openai.url='{up.url}'",
            f"tts=[{{openai: {{url: '{down.url}'}}}}, {{piper_cli: {{program: no-such-piper}}}}]",
        ]
        options = [part for text in sets for part in ("--set", text)]
        env = {"MY_EAR": "e7", "OPENAI_API_KEY": KEY, "XDG_STATE_HOME": str(folder / "state")}
        done = swv6("doctor", "--quick", "--json", "-p", "mine.yaml", *options, "--bundle", "b.zip", cwd=folder, **env)
    assert sorted(path.name for path in folder.iterdir()) == ["b.zip", "mine.yaml", "state"], done.stderr
    return done, folder / "b.zip"


def test_a_server_that_refuses_and_its_chain(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = servers
    server = found(done, "tts openai")
    assert server["level"] == "warning"
    assert "cannot connect" in server["text"]
    assert "--set tts.openai.url=" in server["command"]
    assert (found(done, "tts")["level"], found(done, "tts")["text"]) == ("problem", "usable here: none")
    assert done.returncode == 1


def test_a_server_that_answers_says_what_it_serves(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = servers
    assert (found(done, "llm openai")["level"], found(done, "llm openai")["text"]) == (
        "ok",
        "answers, serves: small, large",
    )
    assert found(done, "llm")["text"] == "usable here: openai"
    other = found(done, "stt openai")
    assert other["level"] == "warning"
    assert "does not list whisper-1" in other["text"]
    assert other["command"] == "--set stt.openai.model=small"


def test_a_program_that_is_missing_is_not_usable(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    program = found(servers[0], "tts piper_cli")
    assert (program["level"], program["text"]) == ("warning", "missing program no-such-piper")
    assert 'pip install "swv6[piper]"' in program["command"]


def test_the_archive_holds_no_secret_and_no_speech(servers: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, path = servers
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(parts) == {
        "README.txt", "findings.json", "versions.json", "profile.json", "plugins.json", "log.jsonl"
    }  # fmt: skip
    everything = "\n".join(parts.values())
    for planted in (KEY, SAID, "Camille", "coffre", str(Path.home()) + os.sep):
        assert planted not in everything
    profile = json.loads(parts["profile.json"])
    assert profile["prompt"] == f"({len(SAID)} characters)"
    assert profile["stt"][0]["options"]["key_env"] == "MY_EAR"
    assert profile["stt"][0]["options"]["extra"] == {"token": "(redacted)"}
    assert json.loads(parts["log.jsonl"]) == {"level": "info", "event": "turn_heard", "turn": 3}
    assert [f["name"] for f in json.loads(parts["findings.json"])] == [f["name"] for f in json.loads(done.stdout)]


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


def test_an_archive_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    done = swv6("doctor", "--bundle", "nowhere/b.zip", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "nowhere" in done.stderr


@pytest.mark.weights
def test_this_machine(tmp_path: Path) -> None:
    """Everything, the self-test too: each stage has its time, through the profile's own backends."""
    done = swv6("doctor", "-p", "demo", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    for kind, backend in (("stt", "prism"), ("llm", "xllamacpp"), ("tts", "kokoro")):
        time = found(done, f"time of {kind}")
        assert f" by {backend} (budget " in time["text"]
        assert time["level"] in ("ok", "warning")
    assert not list(tmp_path.iterdir())
