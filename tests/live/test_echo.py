"""The microphone hears the loudspeaker, as in any room without headphones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest

from swv6.telemetry.events import BargedIn, FirstSound, ReplyEnded, TurnBegan, TurnEnded
from tests.live.room import BENCH, Room, room
from tests.live.scripted import STORY, answer_next, answers, asks
from tests.servers import LLMServer
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
ECHO = "60"
"""Milliseconds by which the room is late."""
AFTERWARDS = 1.5
"""Seconds in which a conversation that heard itself would have answered itself."""


@asynccontextmanager
async def echoing(card: VirtualAudio, aec: str, clauses: int) -> AsyncIterator[tuple[Room, LLMServer]]:
    """Ask a question in an echoing room and listen to the whole answer."""
    card.run("echo-on", ECHO)
    try:
        with answers(*STORY[:clauses]) as server:
            async with room(card, *asks(server, f"aec={aec}")) as here:
                await here.say(BENCH / "14-histoire.wav")
                ended = await here.until(ReplyEnded)
                await anyio.sleep(AFTERWARDS)
                undisturbed(here, ended, clauses)
                yield here, server
                print(here.diary)
    finally:
        card.run("echo-off")


def undisturbed(here: Room, ended: ReplyEnded, clauses: int) -> None:
    """Check that one question was answered to its end, and that nothing else was taken for one."""
    assert (ended.outcome, ended.heard) == ("ok", "".join(STORY[:clauses]).strip())
    assert len(here.diary.of(TurnEnded)) == 1
    assert not any(barged.interrupted for barged in here.diary.of(BargedIn))


async def test_complaint_1_with_aec_it_does_not_hear_itself_but_hears_us(virtual_audio: VirtualAudio) -> None:
    async with echoing(virtual_audio, "livekit", 3) as (here, server):
        assert here.talk.session.profile.turns.barge_in, "the ears are open"
        mark = here.now
        await here.say(BENCH / "01-capitale.wav")
        await here.until(FirstSound, mark)
        answer_next(server, "Le vingt mars.")
        await here.say(BENCH / "12-printemps.wav")
        await here.until(BargedIn, mark, lambda barged: barged.interrupted)  # what is left of an echo may hold it first
        await here.until(ReplyEnded, mark, lambda reply: reply.turn == 3)
        assert [m.role for m in here.talk.history.messages] == ["user", "assistant"] * 3


async def test_complaint_1_without_aec_it_does_not_listen_while_it_speaks(virtual_audio: VirtualAudio) -> None:
    async with echoing(virtual_audio, "[]", 2) as (here, server):
        assert not here.talk.session.profile.turns.barge_in
        assert len(here.diary.of(TurnBegan)) == 1, "nothing of the answer was taken for speech"
        mark = here.now
        answer_next(server, "C'est Rome.")
        await here.say(BENCH / "01-capitale.wav")
        await here.until(ReplyEnded, mark)
        assert len(here.talk.history.messages) == 4, "it listens again"
