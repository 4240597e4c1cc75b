"""Recordings whose texts are known, and `swv6` in a process of its own that hears with the fake recogniser."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from swv6.audio.files import read
from tests.transcription.fake_stt import heard

ROOT = Path(__file__).resolve().parents[2]
PROFILE = """extends: default
language: fr
stt: [fake: {FAKE}]
transcript_filters: []
cache: {disk: null}
"""


def tone(path: Path, seconds: float = 0.2, pitch: float = 440.0, peak: float = 0.5) -> str:
    """Write a recording of a tone and give the text that the fake recogniser hears in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    at = np.arange(round(seconds * 16000)) / 16000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes((np.sin(2 * np.pi * pitch * at) * peak * 32767).astype("<i2").tobytes())
    return heard(read(path))


@dataclass(frozen=True, slots=True)
class World:
    """A folder with a package on its path that offers the fake recogniser, and a profile that uses it."""

    folder: Path

    def prepare(self, options: str = "{}") -> World:
        """Write package and profile; `options` are the fake recogniser's."""
        info = self.folder / "site" / "fake_stt-1.0.dist-info"
        info.mkdir(parents=True, exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-stt\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("[swv6]\nfake = tests.transcription.fake_stt\n", encoding="utf-8")
        text = PROFILE.replace("{FAKE}", options)
        (self.folder / "fake.yaml").write_text(text, encoding="utf-8")
        return self

    @property
    def env(self) -> Mapping[str, str]:
        """Where Python finds the package, and this repository."""
        path = os.pathsep.join([str(self.folder / "site"), str(ROOT)])
        return os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}

    def command(self, *arguments: str) -> list[str]:
        """Give the command line."""
        return [sys.executable, "-m", "swv6", "transcribe", "-p", str(self.folder / "fake.yaml"), *arguments]

    def run(self, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run it to its end in the folder."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.env, input=input, capture_output=True, timeout=120
        )
        texts = [stream.decode("utf-8").replace("\r\n", "\n") for stream in (done.stdout, done.stderr)]
        return subprocess.CompletedProcess(done.args, done.returncode, *texts)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin it."""
        return subprocess.Popen(
            self.command(*arguments), cwd=self.folder, env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
