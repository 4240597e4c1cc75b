"""Each clause is spoken by a voice of its language, and by the others when that one fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import numpy as np
import pytest

from swv6.conversation.voicing import speakable, voiced
from swv6.errors import BackendError
from swv6.profiles import resolve
from swv6.stages.voices import joined
from swv6.telemetry.events import nobody
from swv6.types import Audio

pytestmark = pytest.mark.anyio


async def speaks(name: str, broken: set[str], log: list[tuple[str, str]], words: str, /) -> AsyncIterator[Audio]:
    if name in broken:
        raise BackendError(name)
    log.append((name, words))
    yield Audio(np.zeros(10, np.float32), 8000)


async def spoken_by(*broken: str) -> list[tuple[str, str]]:
    """Speak two French clauses and an English one with the voices of the bilingual profile."""
    profile, log = resolve("bilingual"), list[tuple[str, str]]()
    names = ("siwis", "heart", "espeak-fr", "espeak-en", "silent")
    stages = [(name, partial(speaks, name, set(broken), log)) for name in names]
    tts = joined(stages, "tts", profile, nobody, False)
    words_of = speakable(profile.language, (), profile.languages)
    for clause in ("Bonjour, voici 3 chats.", "And here are 3 dogs.", "Au revoir."):
        async for _ in voiced(tts, words_of(clause)):
            pass
    return log


async def test_each_clause_is_said_in_its_language_by_its_voice() -> None:
    assert await spoken_by() == [
        ("siwis", "Bonjour, voici trois chats."),
        ("heart", "And here are three dogs."),
        ("siwis", "Au revoir."),
    ]


async def test_a_voice_that_fails_is_followed_by_the_next_of_its_language() -> None:
    names = [name for name, _ in await spoken_by("heart", "siwis", "espeak-fr")]
    assert names == ["silent", "espeak-en", "silent"]
