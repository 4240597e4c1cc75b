"""Cues sound, are no part of the answer, and are never taken for speech, even where the microphone hears them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio
import pytest

from swv6.audio.cues import Name, cue
from swv6.telemetry.events import FirstSound, ReplyEnded, TurnBegan, TurnEnded, TurnHeard
from swv6.types import Audio
from tests.live.likeness import place
from tests.live.room import BENCH, RATE, Room, room
from tests.live.scripted import STORY, answers, asks
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
NAMES: tuple[Name, ...] = ("listening", "thinking", "error")
LOUD = 0.5
"""Peak: three times the default's 0.15."""


@pytest.fixture
def echoing(virtual_audio: VirtualAudio) -> Iterator[VirtualAudio]:
    """Let the microphone hear the loudspeaker, as in a room without headphones."""
    virtual_audio.run("echo-on", "60")
    yield virtual_audio
    virtual_audio.run("echo-off")


async def test_without_echo_cancellation_they_are_heard_and_answered_by_nobody(echoing: VirtualAudio) -> None:
    with answers(STORY[0]) as server:
        server.script = replace(server.script, wait=2.0)
        async with room(echoing, *asks(server, "aec=[]", "cues={thinking: 0.6 s, volume: 0.5}")) as here:
            await here.say(BENCH / "01-capitale.wav")
            ended = await here.until(ReplyEnded)
            await anyio.sleep(1.0)
    print(here.diary)
    assert (ended.outcome, ended.heard) == ("ok", STORY[0].strip())
    assert (len(here.diary.of(TurnBegan)), len(here.diary.of(TurnEnded))) == (1, 1)
    assert here.talk.session.parts.speaker.played == pytest.approx(sum(s.seconds for s in _sounds(here)), abs=0.01)
    asked, first = here.diary.times(TurnEnded)[0], here.diary.times(FirstSound)[0]
    spans: tuple[tuple[Name, float, float], ...] = (("listening", 0.0, asked), ("thinking", asked, first))
    for name, begin, end in spans:
        _, like = place(cue(name, RATE, LOUD), here.recording.between(begin, end), RATE)
        assert like > 0.9, f"the cue for {name} was played"


async def test_the_detector_and_the_recogniser_make_nothing_of_them(echoing: VirtualAudio) -> None:
    """On headphones that are none: every cue is heard by the microphone, loud, uncancelled and not hushed."""
    with answers("C'est Rome.") as server:
        async with room(echoing, *asks(server, "turns.barge_in=true")) as here:
            for name in NAMES * 2:
                await _give(here, name)
                await anyio.sleep(0.5)
            assert not here.diary.of(TurnBegan)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(here.say, BENCH / "01-capitale.wav")
                await _give(here, "listening")
            heard = await here.until(TurnHeard)
    print(here.diary)
    assert "capitale" in heard.text.lower(), "a cue just before the first word spoils nothing"
    assert heard.turn == 1


async def _give(here: Room, name: Name) -> None:
    here.talk.session.parts.speaker.cue(Audio(cue(name, 24000, LOUD), 24000), 0.25)
    await anyio.sleep(0.2)


def _sounds(here: Room) -> list[Audio]:
    reply = here.talk.replies.last
    assert reply is not None
    return reply.sounds
