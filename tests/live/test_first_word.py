"""Whatever the moment at which somebody begins to speak, the first word is heard."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from swv6.conversation.turns import Ended, Turns
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import Builder, build
from swv6.stages.devices import fastest_allowed, first_that_opens
from swv6.telemetry.events import nobody
from swv6.transcription.windows import final
from swv6.types import Audio
from tests.live.questions import forty
from tests.live.voices import RATE, written

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
LATEST = 300
"""Milliseconds at most from the first sample of the stream to the first sample of speech."""
ALSO = {"où": {"ou"}}
"""First word -> other words that sound the same."""


async def test_complaint_9_the_first_word_of_forty_questions_is_never_lost(tmp_path: Path) -> None:
    lost = list[str]()
    asked = await forty()
    assert len(asked) == 40
    async with build(resolve("default"), Store(), nobody) as builder:
        await builder.open("stt")
        turns = Turns(await fastest_allowed(builder), builder.profile.turns)
        stt = builder.chain("stt").stage
        for number, question in enumerate(asked):
            offset = (number * 23 % 40) * LATEST // 39  # every offset once, in an order that mixes voices and speeds
            late = np.pad(question.samples, (offset * RATE // 1000, 0))
            turn = await heard(written(tmp_path / f"{number}.wav", late), turns)
            assert turn.start <= offset / 1000, f"{question.text}: the turn begins at {turn.start} s"
            text = (await final(stt, turn)).text
            word = first(question.text)
            if first(text) not in {word, *ALSO.get(word, ())}:
                lost.append(f"{question.text} after {offset} ms: {text}")
    assert not lost, "\n".join(lost)


def first(text: str) -> str:
    """Give the first word, in lower case and without what follows a hyphen or an apostrophe."""
    word = re.search(r"\w+", text.lower())
    return word[0] if word else ""


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
