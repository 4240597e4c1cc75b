"""The loop with a wake word, and with a turn-end model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.telemetry import events
from swv6.types import Audio
from tests.conversation.fakes import Log, Thinker, parts
from tests.conversation.test_loop import QUESTION, FakeMicrophone, chain, session
from tests.conversation.test_waking import WORD, LevelWord

pytestmark = pytest.mark.anyio
CALL = ((0.032, WORD), (0.2, 0.0))


async def conversation(*spans: tuple[float, float]) -> tuple[Conversation, Log]:
    """Hold a conversation that sleeps until the wake word."""
    log = Log()
    stt, _ = chain("Un ?", "Deux ?", "Trois ?")
    open_ = session(parts(Thinker(["Oui."]), stt=stt, report=log), FakeMicrophone(*spans))
    talk = Conversation(replace(open_, wake_word=LevelWord()), History("p"))
    await talk.listen()
    return talk, log


async def test_nothing_is_heard_before_the_wake_word() -> None:
    talk, log = await conversation(*QUESTION * 3)
    assert talk.replies.turns == 0
    assert log.of(events.TurnBegan) == []


async def test_the_wake_word_opens_the_ear_for_a_conversation() -> None:
    talk, _ = await conversation(*QUESTION, *CALL, *QUESTION, (5.0, 0.0), *QUESTION)
    assert [m.text for m in talk.history.messages] == ["Un ?", "Oui.", "Deux ?", "Oui."]


async def test_it_falls_asleep_when_nobody_speaks_for_a_while() -> None:
    talk, log = await conversation(*CALL, *QUESTION, (16.0, 0.0), *QUESTION)
    assert talk.replies.turns == 1
    assert [type(e) for e in log.events if isinstance(e, events.Asleep | events.Awake)] == [
        events.Asleep,
        events.Awake,
        events.Asleep,
    ]


async def test_a_turn_longer_than_the_timeout_is_heard_to_its_end() -> None:
    talk, _ = await conversation(*CALL, (14.0, 0.0), (20.0, 0.9), (1.0, 0.0))
    assert talk.replies.turns == 1


async def test_the_turn_end_model_is_asked_in_each_pause_with_the_turn_so_far() -> None:
    asked = list[float]()

    async def voice(audio: Audio) -> float:
        asked.append(audio.seconds)
        return 0.9

    open_ = session(parts(Thinker(["Oui."])), FakeMicrophone((1.0, 0.9), (0.3, 0.0), (1.0, 0.9), (1.0, 0.0)))
    talk = Conversation(replace(open_, turn_end=voice), History("p"))
    await talk.listen()
    assert asked == pytest.approx([1.2, 2.5], abs=0.1)
    assert talk.replies.turns == 1
