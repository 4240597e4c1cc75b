"""Devices that are not there, are unplugged, or hang: always an error, never a wait."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.virtual_audio import SCRIPT, VirtualAudio, check, start

pytestmark = pytest.mark.audio

LISTEN = """
import os, signal, subprocess, sys, anyio
from swv6.plugins import DeviceError
from plugins_builtin.sounddevice.options import MicrophoneOptions
from plugins_builtin.sounddevice.microphone import open

async def main():
    async with open(MicrophoneOptions()) as microphone:
        count = 0
        async for block in microphone.frames():
            count += 1
            if count == 10:
                {lose}
try:
    anyio.run(main)
except DeviceError as error:
    print(error)
"""

PLAY = """
import os, signal, subprocess, sys, anyio, numpy as np
from swv6.plugins import Audio, DeviceError
from plugins_builtin.sounddevice.options import SpeakerOptions
from plugins_builtin.sounddevice.speaker import open

async def main():
    async with open(SpeakerOptions()) as speaker:
        await speaker.play(Audio(np.zeros(72000, np.float32), 24000))
        await anyio.sleep(0.3)
        {lose}
        await speaker.drain()
try:
    anyio.run(main)
except DeviceError as error:
    print(error)
"""


@pytest.fixture
def card(tmp_path: Path) -> Iterator[VirtualAudio]:
    """Give a sound server that may be broken."""
    check()
    card = start(tmp_path)
    yield card
    os.kill(_daemon(card), signal.SIGCONT)
    card.run("stop")


def _daemon(card: VirtualAudio) -> int:
    return int(Path(card.env["SWV_AUDIO_DIR"], "pulse.pid").read_text(encoding="utf-8"))


def _run(code: str, env: dict[str, str]) -> str:
    """Run a program that must end by itself, and return what it printed."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("code", [LISTEN, PLAY], ids=["microphone", "speaker"])
def test_unplugged(card: VirtualAudio, code: str) -> None:
    """Take both sinks away: PulseAudio would move a stream to the one that is left."""
    lose = f"[subprocess.run([{str(SCRIPT)!r}, 'unplug', name], check=True) for name in ('vmic_in', 'vspk')]"
    said = _run(code.format(lose=lose), card.env)
    assert "more sound" in said
    assert "plug it in again" in said


@pytest.mark.parametrize("code", [LISTEN, PLAY], ids=["microphone", "speaker"])
def test_a_frozen_sound_server_is_left_behind(card: VirtualAudio, code: str) -> None:
    said = _run(code.format(lose=f"os.kill({_daemon(card)}, signal.SIGSTOP)"), card.env)
    assert "more sound" in said


@pytest.mark.parametrize(("code", "what"), [(LISTEN, "no microphone"), (PLAY, "no loudspeaker")])
def test_no_device(tmp_path: Path, code: str, what: str) -> None:
    check()
    (tmp_path / "alsa.conf").write_text("pcm.none { type empty }\n", encoding="utf-8")
    said = _run(code.format(lose="pass"), {"ALSA_CONFIG_PATH": str(tmp_path / "alsa.conf")})
    assert what in said
    assert "--profile demo" in said


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "ALSA has no configuration\n"), ("pcm.!default { type", "ALSA's configuration cannot be read\n")],
)
def test_no_configuration(tmp_path: Path, text: str, what: str) -> None:
    """Left alone, PortAudio would end the process without a word."""
    check()
    (tmp_path / "alsa.conf").write_text(text, encoding="utf-8")
    said = _run(LISTEN.format(lose="pass"), {"ALSA_CONFIG_PATH": str(tmp_path / "alsa.conf")})
    assert said.startswith(what)
