"""Tests of swv6.conversation.dictation: turns become text, in order, and nothing is lost at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import anyio
import pytest

from swv6.conversation.dictated import Ear, Said
from swv6.conversation.dictation import Dictation
from swv6.conversation.manual import PushTurns
from swv6.conversation.turns import Turns
from swv6.errors import BackendError, DeviceError
from swv6.profiles import resolve
from swv6.telemetry import events
from swv6.types import STT, Audio, Transcript
from tests.conversation.fakes import FRAME_SECONDS, LevelVAD, sound
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio
SPEECH, SILENCE = 1.0, 2.0


@pytest.fixture
def anyio_backend() -> object:
    """Let hours pass in milliseconds."""
    return BACKEND


class Microphone:
    """Speaks `turns` utterances, each a second of one level, told apart by it; then may be lost."""

    def __init__(self, turns: int, live: bool, then: Callable[[], None] = lambda: None, tail: float = SILENCE) -> None:
        self.turns, self.live, self._then, self._tail = turns, live, then, tail

    def _levels(self) -> Iterator[float]:
        for n in range(self.turns):
            yield from [0.9 + n / 100] * round(SPEECH / FRAME_SECONDS)
            yield from [0.0] * round((SILENCE if n < self.turns - 1 else self._tail) / FRAME_SECONDS)

    async def frames(self) -> AsyncIterator[Audio]:
        for n, level in enumerate(self._levels()):
            await anyio.sleep(FRAME_SECONDS if self.live else 0)
            frame = sound(FRAME_SECONDS, level)
            yield Audio(frame.samples, frame.rate, n * FRAME_SECONDS)
        self._then()


def numbered(seconds: Callable[[int], float] = lambda n: 0.1) -> STT:
    """Recognise which utterance a sound is, in a time of its own."""

    async def stt(audio: Audio) -> AsyncIterator[Transcript]:
        n = round((float(audio.samples.max()) - 0.9) * 100)
        await anyio.sleep(seconds(n))
        yield Transcript(f"numéro {n}" if n >= 0 else "")

    return stt


def dictation(microphone: Microphone, stt: STT, push: bool = False, limit: int = 0) -> tuple[Dictation, list[Said]]:
    profile = resolve("default", ["turns.mode=push"] if push else [])
    ears = PushTurns(LevelVAD(), profile.turns) if push else Turns(LevelVAD(), profile.turns)
    said = list[Said]()
    return Dictation(Ear(profile, microphone, ears, stt, events.nobody), said.append, limit), said


def texts(said: list[Said]) -> list[str]:
    return [one.transcript.text for one in said]


@pytest.mark.parametrize("live", [True, False])
async def test_each_turn_is_said_once_in_order(live: bool) -> None:
    slow_first = numbered(lambda n: 5.0 if n == 0 else 0.1)
    talk, said = dictation(Microphone(3, live), slow_first)
    await talk.listen()
    assert texts(said) == ["numéro 0", "numéro 1", "numéro 2"]
    assert [round(one.start) for one in said] == [0, 3, 6]
    assert [round(one.end) for one in said] == [1, 4, 7]


async def test_a_turn_whose_first_silence_was_looked_at_is_transcribed_once() -> None:
    asked, ear = list[float](), numbered()

    async def counting(audio: Audio) -> AsyncIterator[Transcript]:
        asked.append(audio.seconds)
        async for transcript in ear(audio):
            yield transcript

    talk, said = dictation(Microphone(2, True), counting)
    talk.ear.turns.settings = talk.ear.turns.settings.model_copy(update={"partial": 5.0})
    await talk.listen()
    assert texts(said) == ["numéro 0", "numéro 1"]
    assert asked == pytest.approx([1.02, 1.54], abs=0.01), "one silent frame behind; the second with its pre-roll"


async def test_what_is_being_said_when_it_is_stopped_is_said() -> None:
    talk, said = dictation(Microphone(1, True, tail=60.0), numbered())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.listen)
        await anyio.sleep(SPEECH + 0.1)
        assert said == []
        talk.stop()
    assert texts(said) == ["numéro 0"]


async def test_a_lost_microphone_loses_nothing_that_was_said() -> None:
    def lost() -> None:
        raise DeviceError("gone")

    talk, said = dictation(Microphone(1, True, lost, tail=0.1), numbered())
    with pytest.raises(BaseException, match=r"gone|unhandled") as error:
        await talk.listen()
    assert isinstance(error.value, DeviceError) or error.group_contains(DeviceError)
    assert texts(said) == ["numéro 0"]


@pytest.mark.parametrize("live", [True, False])
async def test_it_ends_after_as_many_as_were_wanted(live: bool) -> None:
    talk, said = dictation(Microphone(3, live), numbered(), limit=2)
    await talk.listen()
    assert texts(said) == ["numéro 0", "numéro 1"]


async def test_a_turn_without_words_is_not_said() -> None:
    async def deaf(audio: Audio) -> AsyncIterator[Transcript]:
        yield Transcript(" ")

    talk, said = dictation(Microphone(2, True), deaf)
    await talk.listen()
    assert said == []


async def test_a_turn_that_nobody_understands_is_counted_and_the_next_is_said() -> None:
    async def first_fails(audio: Audio) -> AsyncIterator[Transcript]:
        async for transcript in numbered()(audio):
            if transcript.text == "numéro 0":
                raise BackendError("no")
            yield transcript

    talk, said = dictation(Microphone(2, True), first_fails)
    await talk.listen()
    assert (texts(said), talk.failed) == (["numéro 1"], 1)


async def test_by_key_only_what_is_said_while_it_is_down_counts() -> None:
    talk, said = dictation(Microphone(3, True), numbered(), push=True)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.listen)
        await anyio.sleep(SPEECH + SILENCE - 0.2)
        talk.press()
        await anyio.sleep(SPEECH + 0.4)
        talk.press()
    assert texts(said) == ["numéro 1"]
