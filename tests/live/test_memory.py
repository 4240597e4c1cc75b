"""The default French profile through microphone and loudspeaker: three turns, and what was said first is remembered."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest

from swv6.audio.resample import resample
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import FirstSound, ReplyEnded, StageEnded, TurnEnded
from swv6.transcription.windows import final
from swv6.types import Audio
from tests.live.room import BENCH, RATE, SOUNDS, room
from tests.virtual_audio import VirtualAudio

if TYPE_CHECKING:
    from swv6.types import Samples

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
QUESTIONS = (SOUNDS / "question-1.wav", BENCH / "01-capitale.wav", SOUNDS / "question-2.wav")
"""My name is Camille ...; the capital of Italy; what is my name?"""


async def test_three_french_turns_with_memory(virtual_audio: VirtualAudio) -> None:
    async with room(virtual_audio, "turns.barge_in=true", "llm.xllamacpp.temperature=0") as here:
        for number, question in enumerate(QUESTIONS, 1):
            await here.say(question)
            await here.until(ReplyEnded, where=lambda reply: reply.turn == number)  # noqa: B023
    print(here.diary)
    assert [reply.outcome for reply in here.diary.of(ReplyEnded)] == ["ok"] * 3
    assert len(here.diary.of(TurnEnded)) == 3
    answered = {e.kind: e.backend for e in here.diary.of(StageEnded) if e.outcome == "ok"}
    assert answered == {"stt": "prism", "llm": "xllamacpp", "tts": "kokoro"}
    spans = zip(here.diary.times(FirstSound), here.diary.times(ReplyEnded), strict=True)
    texts = await transcribed([here.recording.between(begin, end) for begin, end in spans])
    print(texts)
    said = [reply.heard for reply in here.diary.of(ReplyEnded)]
    assert "rome" in said[1].lower()
    assert "camille" in said[2].lower()
    for heard, text in zip(said[1:], texts[1:], strict=True):  # a single word like "Rome." is easily misspelt
        assert SequenceMatcher(None, heard.lower(), text.lower()).ratio() > 0.6, (heard, text)


async def transcribed(sounds: list[Samples]) -> list[str]:
    """Transcribe what the loudspeaker was recorded playing."""
    async with build(resolve("default"), Store(), print, live=False) as builder:
        stt = builder.chain("stt").stage
        return [(await final(stt, Audio(resample(sound, RATE, 16000), 16000))).text for sound in sounds]
