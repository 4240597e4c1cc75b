"""As much noise as speech: a turn still ends."""

from __future__ import annotations

from pathlib import Path

import anyio
import numpy as np
import pytest

from swv6.audio.files import read
from swv6.telemetry.events import ReplyEnded, TurnEnded
from tests.live.room import SOUNDS, room
from tests.live.scripted import answers, asks
from tests.live.voices import RATE, written
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
BEFORE = 1.5
"""Seconds of noise before the question."""
AFTER = 4.0
"""Seconds of noise after it: more than any turn waits for its end."""


def in_pink_noise(path: Path) -> Path:
    """Lay pink noise of the same energy over a question, its pauses not counted."""
    said = read(SOUNDS / "question-2.wav").samples
    speech = said[np.abs(said) > 0.01]
    whole = np.pad(said, (round(BEFORE * RATE), round(AFTER * RATE)))
    spectrum = np.fft.rfft(np.random.default_rng(11).normal(size=len(whole)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.arange(len(spectrum)), 1)), len(whole))
    level = np.sqrt(np.mean(speech**2)) / np.sqrt(np.mean(noise**2))
    return written(path, (whole + level * noise) * 0.5)


async def test_complaint_8_noise_as_loud_as_the_speech_does_not_keep_a_turn_open(
    virtual_audio: VirtualAudio, tmp_path: Path
) -> None:
    noisy = in_pink_noise(tmp_path / "noisy.wav")
    over = anyio.Event()
    with answers("Pardon, je n'ai pas bien compris.") as server:
        async with room(virtual_audio, *asks(server, "aec=[]")) as here, anyio.create_task_group() as tasks:

            async def say() -> None:
                await here.say(noisy)
                over.set()

            tasks.start_soon(say)
            await here.until(TurnEnded)
            assert not over.is_set(), f"the noise ended first:\n{here.diary}"
            first = await here.until(ReplyEnded, where=lambda reply: reply.outcome != "empty")
            await over.wait()
            await anyio.sleep(1.0)
    print(here.diary)
    assert first.outcome == "ok"
    assert here.talk.history.messages[0].text
    assert len(here.diary.of(TurnEnded)) <= 2, "noise alone is no question"
