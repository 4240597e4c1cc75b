"""What words and voice say of a pause becomes one hint, and a mistake of the voice costs nothing."""

from __future__ import annotations

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.hints import Hints, combined
from swv6.conversation.turns import Ended, Turns
from swv6.errors import BackendError
from swv6.profiles.schema import Turns as TurnSettings
from swv6.telemetry import events
from swv6.types import Audio
from tests.conversation.fakes import LevelVAD, Log, sound

pytestmark = pytest.mark.anyio
WHOLE, OPEN, UNTOLD = "Quelle heure est-il ?", "Je voudrais du pain et", "Marseille"


class Voice:
    """A turn-end model with one answer, given when it may."""

    def __init__(self, probability: float, fails: bool = False) -> None:
        self.probability, self.fails = probability, fails
        self.may, self.asked = anyio.Event(), 0

    async def __call__(self, audio: Audio, /) -> float:
        """Answer."""
        self.asked += 1
        await self.may.wait()
        if self.fails:
            raise BackendError("out of memory")
        return self.probability


@pytest.mark.parametrize(
    ("words", "probability", "hint"),
    [
        (True, None, True),
        (None, None, None),
        (False, None, False),
        (True, 0.9, True),
        (None, 0.9, True),
        (False, 0.9, False),
        (True, 0.1, None),
        (None, 0.1, None),
        (False, 0.1, False),
    ],
)
def test_words_and_voice_together(words: bool | None, probability: float | None, hint: bool | None) -> None:
    assert combined(words, probability) is hint


@given(st.sampled_from([True, False, None]), st.none() | st.floats(0, 1))
def test_the_voice_never_makes_anyone_wait_longer(words: bool | None, probability: float | None) -> None:
    if combined(words, probability) is False:
        assert words is False


async def told(voice: Voice | None, text: str | None, voice_first: bool, words_come: bool = True) -> list[bool | None]:
    """Go through one pause, and give the hints in order."""
    hints = list[bool | None]()
    one = Hints("fr", hints.append, Log(), voice, words_come)
    async with anyio.create_task_group() as tasks:
        one.paused(sound(1.0), tasks)
        if voice is not None and voice_first:
            voice.may.set()
            await anyio.wait_all_tasks_blocked()
        if text is not None:
            one.understood(text)
        if voice is not None:
            voice.may.set()
    return hints


async def test_without_a_model_the_words_decide() -> None:
    for text, hint in ((WHOLE, True), (OPEN, False), (UNTOLD, None)):
        assert await told(None, text, False) == [hint]


@pytest.mark.parametrize("voice_first", [True, False])
async def test_the_last_hint_is_the_same_whoever_comes_first(voice_first: bool) -> None:
    assert (await told(Voice(0.9), UNTOLD, voice_first))[-1] is True
    assert (await told(Voice(0.9), OPEN, voice_first))[-1] is False
    assert (await told(Voice(0.1), WHOLE, voice_first))[-1] is None


async def test_the_voice_waits_for_the_words_that_come() -> None:
    assert await told(Voice(0.9), None, True) == []
    assert await told(Voice(0.9), None, True, words_come=False) == [True]


async def test_a_new_pause_forgets_the_one_before() -> None:
    hints = list[bool | None]()
    voice = Voice(0.9)
    one = Hints("fr", hints.append, Log(), voice)
    async with anyio.create_task_group() as tasks:
        one.paused(sound(1.0), tasks)
        await anyio.wait_all_tasks_blocked()
        one.paused(None, tasks)
        voice.may.set()
        await anyio.wait_all_tasks_blocked()
        one.understood(UNTOLD)
    assert hints == [None]
    assert voice.asked == 1


async def test_a_model_that_fails_costs_one_line_and_is_not_asked_again() -> None:
    log, hints, voice = Log(), list[bool | None](), Voice(0.9, fails=True)
    voice.may.set()
    one = Hints("fr", hints.append, log, voice)
    async with anyio.create_task_group() as tasks:
        for _ in range(2):
            one.paused(sound(1.0), tasks)
            await anyio.wait_all_tasks_blocked()
            one.understood(WHOLE)
    assert hints == [True, True]
    assert voice.asked == 1
    assert len(log.of(events.Notice)) == 1


@pytest.mark.parametrize(
    ("hints", "silence"),
    [([], 0.6), ([True], 0.4), ([False], 1.2), ([None], 0.6), ([True, None], 0.6), ([False, True], 0.4)],
)
async def test_a_later_hint_replaces_an_earlier_one(hints: list[bool | None], silence: float) -> None:
    settings = TurnSettings(silence=0.6, finished=0.4, unfinished=1.2)
    turns = Turns(LevelVAD(), settings)
    decisions = [*turns.feed(sound(1.0, 0.9)), *turns.feed(sound(0.3, 0.0))]
    for hint in hints:
        turns.expect(hint)
    decisions += turns.feed(Audio(sound(2.0, 0.0).samples, 16_000, 1.3))
    (ended,) = [d for d in decisions if isinstance(d, Ended)]
    assert ended.decided - ended.speech_end == pytest.approx(silence, abs=0.04)
