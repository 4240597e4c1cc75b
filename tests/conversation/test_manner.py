"""What is asked of the voice holds from the next clause on, and only once the answer that promises it is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from swv6.conversation.manner import FASTEST, Manner
from swv6.conversation.ways import Ways
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import Builder, build
from swv6.telemetry.events import ReplyText, StageEnded
from swv6.text.tongues import language_of
from swv6.types import Message
from tests.conversation.fakes import Log

pytestmark = pytest.mark.anyio
CHAT = (Message("system", "Tu parles français."), Message("user", "Bonjour"))


@asynccontextmanager
async def manner(folder: Path, *overrides: str, log: Log | None = None) -> AsyncIterator[tuple[Manner, Builder]]:
    """Open the manner of a profile that speaks with espeak, on a machine without weights."""
    profile = resolve("assistant", overrides=["tts=[espeak, silent]", *overrides])
    async with build(profile, Store(folder), log or Log()) as builder:
        yield Manner(Ways(builder, (), ())), builder


async def seconds(way: Manner, text: str) -> float:
    """Speak a clause and say how long it is."""
    return sum([sound.seconds async for sound in way.tts(way.speakable(text))])


async def test_another_language_changes_voice_writing_and_prompt(tmp_path: Path) -> None:
    async with manner(tmp_path) as (now, _):
        assert now.told(CHAT) == CHAT
        assert now.speakable("Il y en a 22.") == "Il y en a vingt-deux."
        french = await seconds(now, "Deux enfants chantent.")
        assert await now.speak("en")
        assert now.language == "en"
        assert now.speakable("There are 22.") == "There are twenty-two."
        assert now.told(CHAT)[0].text == "Tu parles français.\nFrom now on, answer in English only."
        assert now.told(CHAT)[1:] == CHAT[1:]
        assert "Sorry" in now.sorry()
        assert await seconds(now, "Deux enfants chantent.") != french, "another voice reads it otherwise"
        assert await now.speak("fr")
        assert now.told(CHAT) == CHAT
        assert await seconds(now, "Deux enfants chantent.") == french


async def test_faster_is_shorter_and_survives_a_change_of_language(tmp_path: Path) -> None:
    async with manner(tmp_path) as (now, _):
        usual = await seconds(now, "Voici une phrase assez longue.")
        await now.at_speed(1.44)
        assert await seconds(now, "Voici une phrase assez longue.") < usual * 0.8
        await now.speak("en")
        assert now.speed == 1.44
        await now.at_speed(9)
        assert now.speed == FASTEST


async def test_what_an_unheard_answer_has_changed_is_taken_back(tmp_path: Path) -> None:
    async with manner(tmp_path) as (now, _):
        report = now.heard(Log())
        await now.at_speed(1.5)
        now.forget()
        assert now.speed == 1.0
        await now.at_speed(1.5)
        report(ReplyText(1, "D'accord."))
        now.forget()
        assert now.speed == 1.5


async def test_only_voices_that_are_here_are_taken(tmp_path: Path) -> None:
    kokoro = "tts=[kokoro, espeak, silent]"  # its weights are not in this store
    async with manner(tmp_path, kokoro) as (now, builder):
        assert [voice.backend for voice in now.ways.voices("fr")] == ["espeak"]
        assert await now.other_voice()
        assert not await now.other_voice()
        assert (now.speaks("fr"), now.speaks("xx")) == (True, False)
        assert not await now.speak("xx")
        await seconds(now, "Bonjour.")
    assert builder.opened["tts", "espeak"]


async def test_an_english_question_to_a_profile_of_both_is_answered_in_english(tmp_path: Path) -> None:
    log = Log()
    async with manner(tmp_path, "languages=[fr, en]", "tts=[espeak, espeak: {language: en}]", log=log) as (now, _):
        assert now.answering("What is the time?") == "en"
        assert now.answering("Quelle heure est-il ?") == "fr"
        assert await now.speak("en")
        assert now.answering("Quelle heure est-il ?") == "en"
        assert language_of(now.speakable("Where are the children?"), "") == "en"
        await seconds(now, "Where are the children?")
    assert [e.backend for e in log.events if isinstance(e, StageEnded)] == ["espeak-2"]
