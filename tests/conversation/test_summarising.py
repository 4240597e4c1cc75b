"""What is dropped is summed up between two turns: never in anybody's way, and known afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio
import anyio.lowlevel
import pytest

from swv6.conversation.history import History
from swv6.conversation.room import Room
from swv6.conversation.summarising import LONGEST, Summariser
from swv6.errors import BackendError
from swv6.telemetry.events import ReplyEnded, TurnBegan, nobody
from swv6.types import Chat

pytestmark = pytest.mark.anyio
OVER = ReplyEnded(1, "oui", "ok", 0, 0, 0, 0)


@dataclass
class Model:
    """Writes one summary, once it is let."""

    words: str = "Elle s'appelle Zoé."
    free: anyio.Event = field(default_factory=anyio.Event)
    asked: list[Chat] = field(default_factory=list)
    left: int = 0
    error: BackendError | None = None

    async def __call__(self, chat: Chat, /) -> AsyncIterator[str]:
        self.asked.append(chat)
        try:
            await self.free.wait()
            if self.error:
                raise self.error
            yield self.words
        finally:
            self.left += 1


def told(turns: int, room: int = 400) -> History:
    """Remember some turns of 30 tokens each."""
    history = History("Sois bref.", room=Room(room, 0.5, count=lambda text: len(text.split())))
    for turn in range(turns):
        history.asked(f"question {turn} " + "mot " * 8)
        history.answered(f"réponse {turn} " + "mot " * 6)
    return history


async def summed(model: Model, history: History, *events: object) -> None:
    """Let a summariser hear events, and wait until it has nothing to do."""
    async with anyio.create_task_group() as tasks:
        summing = Summariser(model, tasks, "fr")
        summing.remember(history)
        hear = summing.hearing(nobody)
        for event in events:
            hear(event)  # type: ignore[arg-type]
            await anyio.lowlevel.checkpoint()


async def test_it_waits_until_the_room_is_nearly_full() -> None:
    model = Model()
    model.free.set()
    await summed(model, told(5), OVER)
    assert not model.asked


async def test_a_summary_is_told_only_when_the_beginning_changes_anyway() -> None:
    model, history = Model(), told(9)
    model.free.set()
    before = history.chat()
    await summed(model, history, OVER)
    assert model.asked[0][:-1] == before, "it asks after what the model has read already"
    assert "Résume" in model.asked[0][-1].text
    assert history.with_question("une ?")[: len(before)] == before, "the prompt begins as it did"
    while len(after := history.with_question("encore ?")) > 12:
        history.asked("encore " * 20)
        history.answered("oui " * 20)
    assert after[0].text == (
        "Sois bref.\nRésumé de ce que l'utilisateur et toi vous êtes dit plus tôt : Elle s'appelle Zoé."
    )
    assert after[1].role == "user"
    assert history.with_question("et puis ?")[: len(after) - 1] == after[:-1], "and then it stays"
    assert not history.next_summary


async def test_speech_ends_it_at_once_and_what_is_asked_goes_first() -> None:
    model, history = Model(), told(10)
    answered = list[int]()

    async def answer(chat: Chat, /) -> AsyncIterator[str]:
        answered.append(model.left)
        yield "oui"

    async with anyio.create_task_group() as tasks:
        summing = Summariser(model, tasks, "fr")
        summing.remember(history)
        for speaks in (True, False):
            summing.begin()
            await anyio.wait_all_tasks_blocked()
            if speaks:
                summing.hearing(nobody)(TurnBegan(0.0))
            with anyio.fail_after(5):
                assert [d async for d in summing.before(answer)(())] == ["oui"]
    assert answered == [1, 2], "it had left the model when the answer began"
    assert not history.next_summary
    assert history.wants_summary


async def test_without_a_summary_the_oldest_turns_are_dropped() -> None:
    model, history = Model(error=BackendError("died")), told(10)
    model.free.set()
    await summed(model, history, OVER)
    for _ in range(4):
        history.asked("encore " * 20)
        history.answered("oui " * 20)
    chat = history.chat()
    assert history.since
    assert chat[0].text == "Sois bref."


async def test_a_summary_that_does_not_end_is_cut_at_a_sentence() -> None:
    model, history = Model(words="Une phrase. " + "mot " * LONGEST), told(10)
    model.free.set()
    await summed(model, history, OVER)
    assert history.next_summary == "Une phrase."


async def test_the_next_summary_is_made_with_the_last_one_in_sight() -> None:
    model, history = Model(), told(10)
    model.free.set()
    await summed(model, history, OVER)
    for _ in range(6):
        history.with_question("encore " * 20)
        history.asked("encore " * 20)
        history.answered("oui " * 20)
    assert history.summary
    while not history.wants_summary:
        history.asked("encore " * 20)
        history.answered("oui " * 20)
        history.chat()
    await summed(model, history, OVER)
    assert "Zoé" in model.asked[-1][0].text
