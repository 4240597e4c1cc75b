"""Whatever the moment at which somebody begins to speak, the first word is heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import read
from swv6.bench.ends import first_audible
from swv6.conversation.turns import Ended, Turns
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import Builder, build
from swv6.stages.devices import fastest_allowed, first_that_opens
from swv6.telemetry.events import nobody
from swv6.transcription.windows import final
from swv6.types import Audio
from tests.live.room import BENCH
from tests.live.voices import RATE, written

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
QUESTIONS = {
    "02-semaine": "combien",
    "03-ciel": "pourquoi",
    "10-musique": "est-ce",
    "11-dormir": "comment",
    "12-printemps": "quand",
}
"""Short questions and their first words: those that Whisper understands whole, so that a word not there was lost."""
OFFSETS = (0, 20, 50, 90, 140, 190, 240, 300)
"""Milliseconds from the first sample of the stream to the first sample of speech."""


async def test_complaint_9_the_first_word_is_never_lost(tmp_path: Path) -> None:
    lost = list[str]()
    async with build(resolve("default"), Store(), nobody) as builder:
        await builder.open("stt")
        turns = Turns(await fastest_allowed(builder), builder.profile.turns)
        stt = builder.chain("stt").stage
        for name, word in QUESTIONS.items():
            said = read(BENCH / f"{name}.wav", RATE).samples
            speech = said[first_audible(said) :]
            for offset in OFFSETS:
                late = np.pad(speech, (offset * RATE // 1000, 0))
                turn = await heard(written(tmp_path / f"{name}-{offset}.wav", late), turns)
                assert turn.start <= offset / 1000, f"{name}: the turn begins at {turn.start} s"
                text = (await final(stt, turn)).text
                if not text.lower().startswith(word):
                    lost.append(f"{name} after {offset} ms: {text}")
    assert not lost, "\n".join(lost)


async def heard(file: Path, turns: Turns) -> Audio:
    """Let the microphone speak a file, and give the one turn that is heard."""
    speaks = f"microphone=[{{wav: {{files: ['{file}'], real_time: false}}}}]"
    turns.reset()
    async with build(resolve("default", [speaks]), Store(), nobody) as builder:
        return await one_turn(builder, turns)


async def one_turn(builder: Builder, turns: Turns) -> Audio:
    """Listen to a microphone's end."""
    microphone = await first_that_opens(builder, "microphone")
    decisions = [d async for frame in microphone.frames() for d in turns.feed(frame)]
    (ended,) = [decision for decision in decisions if isinstance(decision, Ended)]
    return ended.audio
