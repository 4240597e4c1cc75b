"""`playback.spoken_over: duck`: what is said over an answer makes it quieter, and nothing of it is held or lost."""

from __future__ import annotations

from pathlib import Path

import anyio
import numpy as np
import pytest

from swv6.telemetry.events import BargedIn, FirstSound, ReplyEnded
from tests.live.likeness import QUIET, place
from tests.live.room import BENCH, RATE, room
from tests.live.scripted import STORY, answers, asks
from tests.live.voices import spoken
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
DUCK = ("turns.barge_in=true", "playback.spoken_over=duck", "playback.duck_db=12")
LEVEL = 10 ** (-12 / 20)
PIECE = RATE // 10


async def test_an_answer_goes_on_quieter_while_somebody_speaks(virtual_audio: VirtualAudio, tmp_path: Path) -> None:
    oui = await spoken("oui", tmp_path / "oui.wav")
    with answers(*STORY[:3]) as server:
        async with room(virtual_audio, *asks(server, *DUCK)) as here:
            await here.say(BENCH / "14-histoire.wav")
            await here.until(FirstSound)
            await here.played(0.5)
            await here.say(oui)
            ended = await here.until(ReplyEnded)
            await anyio.sleep(0.3)  # what was played is recorded
            heard, reply = here.recording.samples, here.talk.replies.last
    print(here.diary)
    assert (ended.outcome, ended.heard) == ("ok", "".join(STORY[:3]).strip())
    verdicts = here.diary.of(BargedIn)
    assert verdicts
    assert not any(barged.interrupted for barged in verdicts)
    assert reply is not None
    said = np.concatenate([sound.samples for sound in reply.sounds])
    begin = round(place(said, heard, RATE)[0] * RATE)
    pieces = [slice(at, at + PIECE) for at in range(0, len(said) - PIECE, PIECE)]
    pairs = [(said[piece], heard[begin:][piece]) for piece in pieces if np.sqrt(np.mean(said[piece] ** 2)) > QUIET]
    gains = [float(b @ a / (a @ a)) for a, b in pairs]
    print([round(gain, 2) for gain in gains])
    likeness = [float(b @ a / np.sqrt((b @ b) * (a @ a))) for a, b in pairs]
    assert gains[0] == pytest.approx(1, abs=0.02)
    assert gains[-1] == pytest.approx(1, abs=0.02), "and is as loud as before afterwards"
    assert sum(gain == pytest.approx(LEVEL, abs=0.02) for gain in gains) >= 3
    steady = [like for like, gain in zip(likeness, gains, strict=True) if not LEVEL + 0.02 < gain < 0.98]
    assert min(steady) > 0.99, "it goes on without a pause, sample by sample"
    assert len(gains) - len(steady) <= 2 * len(verdicts), "the level changes along a ramp, and at nothing but speech"
    assert min(gains) > LEVEL - 0.02
