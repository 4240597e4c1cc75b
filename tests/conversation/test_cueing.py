"""Which cue is given when, and that a microphone without echo cancellation does not hear it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from swv6.audio.cues import Name, cue
from swv6.conversation.cueing import RATE, TAIL, Cueing
from swv6.profiles.playback import Cues
from swv6.telemetry.events import Awake, BargedIn, Event, FirstSound, Keyed, ReplyEnded, TurnBegan, TurnEnded, nobody
from swv6.types import Audio
from tests.conversation.fakes import FakeSpeaker
from tests.virtual_loop import VirtualLoop

SOON, LATE = 1.0, 7.0
"""Seconds: before the first cue for who waits (3 s), after the second."""
ASKED, BEGAN = TurnEnded(1, 0.0), TurnBegan(0.0)
FIRST = FirstSound(1, 0.0, 0.0, False)


def ended(outcome: str) -> ReplyEnded:
    return ReplyEnded(1, "", outcome, stt=0, llm=0, tts=0, total=0)


def given(*steps: Event | float, settings: Cues | None = None) -> list[str]:
    """Let events and seconds pass; name the cues that were given."""
    speaker = FakeSpeaker()

    async def live() -> None:
        cueing = Cueing(speaker, settings or Cues(), 0.25)
        report = cueing.hearing(nobody)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(cueing.run)
            for step in steps:
                if isinstance(step, float):
                    await anyio.sleep(step)
                else:
                    report(step)
            await anyio.lowlevel.checkpoint()
            cueing.close()

    anyio.run(live, backend_options={"loop_factory": VirtualLoop})
    return [name(sound) for sound in speaker.cues]


def name(sound: Audio) -> str:
    names: tuple[Name, ...] = ("listening", "thinking", "error")
    return next(n for n in names if np.array_equal(cue(n, RATE, Cues().volume), sound.samples))


@pytest.mark.parametrize(
    ("steps", "cues"),
    [
        ((Awake("hey"),), ["listening"]),
        ((ASKED, SOON, FIRST, LATE), []),
        ((ASKED, LATE, FIRST, LATE), ["thinking"] * 2),
        ((ASKED, SOON, BEGAN, LATE), []),
        ((ASKED, SOON, Keyed(True), LATE), []),
        ((ASKED, SOON, BEGAN, SOON, BargedIn(False, "hum"), LATE), ["thinking"] * 2),
        ((ASKED, FIRST, BEGAN, BargedIn(False, "hum"), LATE), []),
        ((ASKED, SOON, ended("interrupted"), LATE), []),
        ((ASKED, SOON, ended("failed"), LATE), ["error"]),
        ((ASKED, FIRST, ended("failed"), LATE), []),
        ((ASKED, SOON, TurnEnded(2, 0.0), ended("interrupted"), LATE), ["thinking"] * 2),
    ],
)
def test_which_cue_is_given(steps: tuple[Event | float, ...], cues: list[str]) -> None:
    assert given(*steps) == cues


def test_each_can_be_left_out() -> None:
    assert not given(Awake("hey"), settings=Cues(listening=False))
    assert not given(ASKED, ended("failed"), settings=Cues(error=False))
    assert not given(ASKED, LATE, settings=Cues(thinking=None))


class Everything:
    """A microphone that gives a block every 0.1 s, each with its own number."""

    live = True

    async def frames(self) -> AsyncIterator[Audio]:
        for number in range(20):
            await anyio.sleep(0.1)
            yield Audio(np.full(10, number, np.float32), 100, number / 10)


def test_a_microphone_is_not_listened_to_while_it_would_hear_a_cue() -> None:
    heard: list[float] = []

    async def listen() -> None:
        cueing = Cueing(FakeSpeaker(), Cues(), 0.25)
        microphone = cueing.kept_from(Everything())
        assert microphone is not None
        async for block in microphone.frames():
            heard.append(block.start)
            if block.start == pytest.approx(0.5):
                cueing.give("thinking")

    anyio.run(listen, backend_options={"loop_factory": VirtualLoop})
    missing = [n / 10 for n in range(20) if n / 10 not in heard]
    assert missing == pytest.approx([0.6, 0.7, 0.8]), f"the cue (0.09 s) and {TAIL} s"
