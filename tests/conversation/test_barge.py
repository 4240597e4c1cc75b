"""What an answer does while somebody speaks over it: it is held, or goes on quieter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import anyio
import pytest

from swv6.conversation.barge import Intrusion
from swv6.types import Audio
from tests.conversation.fakes import FakeSpeaker, Thinker, hears, parts, sound

pytestmark = pytest.mark.anyio


async def judged(text: str, ducked: float | None) -> tuple[FakeSpeaker, bool]:
    """Say something over an answer, twice with a pause in between."""
    speaker = FakeSpeaker()
    stop: Callable[[Audio, str | None], None] = lambda audio, text: speaker.stop()  # noqa: E731
    mine = replace(parts(Thinker(()), stt=hears(text), speaker=speaker), ducked=ducked)
    async with anyio.create_task_group() as tasks:
        intrusion = Intrusion(mine, "fr", stop)
        intrusion.resumed()
        interrupting = await intrusion.verdict(sound(0.5), tasks)
    return speaker, interrupting


async def test_a_sign_of_listening_ends_ducking_and_pauses_nothing() -> None:
    speaker, interrupting = await judged("oui", ducked=0.25)
    assert not interrupting
    assert speaker.gains == [0.25, 0.25, 1.0]
    assert not speaker.pauses + speaker.resumes + speaker.stops


async def test_what_interrupts_stops_a_ducked_answer() -> None:
    speaker, interrupting = await judged("Quelle est la capitale de la France ?", ducked=0.25)
    assert interrupting
    assert speaker.gains == [0.25, 0.25], "stop ends ducking"
    assert speaker.stops == 1


async def test_by_default_it_is_held() -> None:
    speaker, _ = await judged("oui", ducked=None)
    assert (speaker.pauses, speaker.resumes, speaker.gains) == (2, 1, [])
