"""Every event gets the turn that it belongs to, whoever reports it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import anyio.lowlevel
import numpy as np
import pytest

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.parts import Parts
from swv6.conversation.session import Session
from swv6.profiles import resolve
from swv6.stages.listening import Fanout
from swv6.stages.mute import Mute
from swv6.stages.timing import timed
from swv6.telemetry.events import (
    Event,
    FellBack,
    HeardSoFar,
    ReplyEnded,
    StageBegan,
    StageEnded,
    StateChanged,
    TurnBegan,
    TurnEnded,
    nobody,
)
from swv6.telemetry.stamps import Stamped, Stamper
from swv6.types import Audio, Chat, Transcript

pytestmark = pytest.mark.anyio


async def test_events_of_no_task_belong_to_the_turn_that_is_heard() -> None:
    stamp = Stamper()
    events: list[Event] = [
        FellBack("microphone", "a", "b"),
        TurnBegan(1.0),
        HeardSoFar("Il"),
        TurnEnded(1, 0.4),
        StateChanged("thinking"),
        TurnBegan(3.0),
        TurnBegan(4.0),
        TurnEnded(2),
    ]
    assert [stamp(event).turn for event in events] == [0, 1, 1, 1, 1, 2, 2, 2]


async def test_one_session_and_a_clock_that_never_goes_back() -> None:
    stamp = Stamper()
    stamped = [stamp(TurnBegan(0.0)) for _ in range(100)]
    assert len({s.session for s in stamped}) == 1
    assert stamp.session != Stamper().session
    assert [s.at for s in stamped] == sorted(s.at for s in stamped)


async def test_what_a_stage_does_for_a_turn_carries_its_number() -> None:
    """Replies are tasks of their own, prepared before their turn has a number."""
    heard: list[Stamped] = []
    fanout = Fanout(nobody)
    fanout.add("test", heard.append)

    async def model(chat: Chat, /) -> AsyncIterator[str]:
        await anyio.lowlevel.checkpoint()
        yield chat[-1].text.upper()

    async def mute(text: str, /) -> AsyncIterator[Audio]:
        for _ in ():
            yield Audio(np.zeros(1, np.float32), 24_000)

    async def deaf(audio: Audio, /) -> AsyncIterator[Transcript]:
        yield Transcript("")

    parts = Parts(deaf, timed(model, "llm", "test", fanout), mute, Mute(), str, fanout)
    talk = Conversation(Session(resolve("default"), parts, None, None), History("Réponds."))

    async def lines() -> AsyncIterator[str]:
        for line in ("un", "deux", "trois"):
            yield line

    await talk.answer_lines(lines())
    for kind in (StageBegan, StageEnded, TurnEnded, ReplyEnded):
        assert [s.turn for s in heard if isinstance(s.event, kind)] == [1, 2, 3]
