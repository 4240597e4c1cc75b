"""A text is read while it arrives, to every speaker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import read
from swv6.conversation.reading import Reading, file_speaker, whole
from swv6.errors import BackendError
from swv6.types import Audio
from tests.conversation.fakes import FakeSpeaker

pytestmark = pytest.mark.anyio


async def voice(text: str, /) -> AsyncIterator[Audio]:
    """Sound that tells by its level how long the text is: 1000 samples for each clause."""
    yield Audio(np.full(1000, len(text) / 100, np.float32), 8000)


async def test_a_clause_is_spoken_before_the_next_one_arrives() -> None:
    speaker, spoken_before = FakeSpeaker(), list[float]()

    async def arriving() -> AsyncIterator[str]:
        for piece in ("Un petit chat. ", "Un grand chi", "en. ", "Et voilà tout."):
            spoken_before.append(reading.seconds)
            yield piece

    reading = Reading(voice, str.strip)
    await reading.aloud(arriving(), speaker)
    assert spoken_before == [0.0, 0.0, 0.125, 0.125]
    assert reading.seconds == 0.375
    assert reading.letters == len("Un petit chat.Un grand chien.Et voilà tout.")


async def test_every_speaker_hears_the_same_at_the_volume(tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    with file_speaker(path) as file:
        await Reading(voice, str.strip, volume=2.0).aloud(whole("Dix signes."), file, FakeSpeaker())
    samples = read(path, 8000).samples
    assert len(samples) == 1000
    assert samples == pytest.approx(np.full(1000, 0.22), abs=1e-3)


async def test_nothing_to_say_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="nothing"), file_speaker(tmp_path / "said.wav") as file:
        await Reading(voice, str.strip).aloud(whole("..."), file)
    assert not list(tmp_path.iterdir())  # noqa: ASYNC240
