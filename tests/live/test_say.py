"""`swv6 say` on the virtual loudspeaker: clause after clause without a gap, and silent at once after Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import read
from tests.live.likeness import place
from tests.live.recording import AUDIBLE, Recording
from tests.virtual_audio import VirtualAudio

pytestmark = pytest.mark.audio
RATE = 22050
"""Hz of the virtual loudspeaker and of espeak: nothing is resampled on the way."""
SLACK = 0.25
"""Seconds: the device's buffer of 0.1, what the clock of the recording may be wrong, and a busy machine."""
PATIENCE = 60.0
"""Seconds after which a sound has been waited for long enough, on any machine."""
TEXT = "Il pleut, il neige, il vente. Un chat passe ! Deux chiens le suivent ; personne ne dit rien. Voilà, c'est fini."


def say(card: VirtualAudio, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Begin to say something with espeak, which needs no weights."""
    chain = ["--set", "tts=[espeak]", "--set", f"speaker=[{{sounddevice: {{rate: {RATE}, latency: 500 ms}}}}]"]
    command = [sys.executable, "-m", "swv6", "say", "--yes", *chain, *arguments]
    return subprocess.Popen(command, env={**os.environ, **card.env}, cwd=folder, stderr=subprocess.PIPE)


def test_what_is_heard_is_what_the_file_holds(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    with Recording(virtual_audio, RATE) as recording:
        process = say(virtual_audio, tmp_path, TEXT, "-o", "said.wav", "--play")
        _, complaints = process.communicate(timeout=PATIENCE)
        time.sleep(0.3)  # what was played is recorded
    assert (process.returncode, complaints) == (0, b"")
    heard, said = recording.samples, read(tmp_path / "said.wav", RATE).samples
    begin = round(place(said, heard, RATE)[0] * RATE)
    assert np.abs(heard[begin : begin + len(said)] - said).max() < 2 / 32768


def test_ctrl_c_is_silence_at_once(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    with Recording(virtual_audio, RATE) as recording:
        process = say(virtual_audio, tmp_path, TEXT * 20)
        deadline = time.monotonic() + PATIENCE
        while np.count_nonzero(np.abs(recording.samples) >= AUDIBLE) < RATE // 2:
            assert time.monotonic() < deadline, process.communicate()[1]
            time.sleep(0.02)
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE)
        time.sleep(0.3)
    assert (process.returncode, complaints) == (130, b"swv6: interrupted\n")
    last = recording.last_heard(before=time.monotonic())
    print(f"silent {last - pressed:.3f} s after Ctrl-C")
    assert last - pressed < SLACK
