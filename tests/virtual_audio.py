"""A microphone and a loudspeaker for machines without a sound card: PulseAudio null sinks, sample-exact."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import needs

SCRIPT = Path(__file__).with_name("virtual_audio.sh")
_INSTALL = "apt-get install -y --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"


@dataclass(frozen=True)
class VirtualAudio:
    """A running sound server of its own; `env` makes PortAudio and PulseAudio's tools use it."""

    env: dict[str, str]

    def run(self, *command: str) -> None:
        """Run one of the script's commands to its end."""
        subprocess.run([str(SCRIPT), *command], env={**os.environ, **self.env}, check=True)

    def begin(self, *command: str) -> subprocess.Popen[bytes]:
        """Run one of the script's commands beside the test."""
        return subprocess.Popen([str(SCRIPT), *command], env={**os.environ, **self.env})


def start(folder: Path) -> VirtualAudio:
    """Start a sound server whose state lives in `folder`."""
    env = {**os.environ, "SWV_AUDIO_DIR": str(folder)}
    lines = subprocess.run([str(SCRIPT), "start"], env=env, check=True, capture_output=True, text=True).stdout
    return VirtualAudio(dict(line.removeprefix("export ").split("=", 1) for line in lines.splitlines()))


def check() -> None:
    """Skip, or in CI on Linux fail, where the parts of a virtual sound card are missing."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the virtual sound card is PulseAudio's: Linux only")
    if not all(map(shutil.which, ("pulseaudio", "pactl", "bash"))):
        needs(f"no virtual sound card: {_INSTALL}")
    if importlib.util.find_spec("sounddevice") is None:
        needs('no sounddevice: pip install "swv6[embedded]"')
    try:
        import sounddevice  # noqa: F401
    except OSError as error:
        needs(f"{error}: {_INSTALL}")


@pytest.fixture(scope="module")
def virtual_audio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualAudio]:
    """Give a sound server, and make this process's PortAudio see its devices.

    The folder is short: a socket's path has at most 107 bytes.
    """
    check()
    folder = tmp_path_factory.mktemp("va")
    card = start(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in card.env.items():
            patch.setenv(name, value)
        _look_again()
        yield card
        card.run("stop")
    _look_again()


@pytest.fixture
def card(tmp_path: Path) -> Iterator[VirtualAudio]:
    """Give a sound server that may be broken."""
    check()
    card = start(tmp_path)
    yield card
    card.run("stop")


def _look_again() -> None:
    """Let PortAudio list the devices anew; it looks once only."""
    import sounddevice as sd

    sd._terminate()
    sd._initialize()
