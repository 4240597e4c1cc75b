"""The bilingual profile with its real voices: French is heard as French, English as English, each by its own voice."""

from __future__ import annotations

import numpy as np
import pytest

from swv6.audio.resample import resample
from swv6.conversation.voicing import speakable, voiced
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build, named
from swv6.telemetry.events import Event, StageEnded
from swv6.text.sentences import Clauses
from swv6.transcription.windows import final
from swv6.types import Audio, Transcript

pytestmark = [pytest.mark.anyio, pytest.mark.weights]
ANSWER = "Le chat dort dans la maison. The weather is very nice this morning."


async def test_an_answer_in_two_languages_has_two_voices() -> None:
    profile = resolve("bilingual", ["cache.disk=null", "cache.tts=null"])
    diary, heard = list[Event](), list[tuple[str, Transcript]]()
    names = [name for name, _ in named(profile.tts)]
    words_of, splitter = speakable(profile.language, (), profile.languages), Clauses()
    async with build(profile, Store(), diary.append, live=False) as builder:
        stt, tts = builder.chain("stt").stage, builder.chain("tts").stage
        for clause in (*splitter.feed(ANSWER), *splitter.flush()):
            sounds = [sound async for sound in voiced(tts, words_of(clause))]
            samples = np.concatenate([sound.samples for sound in sounds])
            heard.append((clause, await final(stt, Audio(resample(samples, sounds[0].rate, 16000), 16000))))
    spoke = [event.backend for event in diary if isinstance(event, StageEnded) and event.kind == "tts"]
    print(names, spoke, [(said.language, said.text) for _, said in heard])
    assert spoke == names[:2], "one clause each"
    assert [said.language for _, said in heard] == ["fr", "en"]
    for clause, said in heard:
        words = set(clause.lower().rstrip(".").split())
        assert len(words & set(said.text.lower().rstrip(".").split())) >= len(words) / 2, (clause, said.text)
