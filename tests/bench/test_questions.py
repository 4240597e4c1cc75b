"""The questions that are shipped, and those that are given."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from swv6.audio.files import WavWriter
from swv6.bench.questions import RATE, questions
from swv6.errors import AudioError, UsageError
from swv6.types import Audio

SHIPPED = questions()


def test_a_dozen_questions_are_shipped_each_with_its_text() -> None:
    assert len(SHIPPED) >= 12
    assert len({question.text for question in SHIPPED}) == len(SHIPPED)
    assert all(question.text.endswith(("?", ".")) for question in SHIPPED)
    folder = SHIPPED[0].file.parent
    assert {question.file for question in SHIPPED} == set(folder.glob("*.wav"))


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.name)
def test_each_is_short_and_plain(question: object) -> None:
    from swv6.bench.questions import Question

    assert isinstance(question, Question)
    with wave.open(str(question.file), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
    assert question.file.stat().st_size < 100_000
    assert 0.9 < question.end - 0.3 < 3.0
    assert 0.05 < question.audio.seconds - question.end < 0.2


def test_a_file_in_which_nobody_speaks_is_refused(tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    writer = WavWriter(silent, RATE)
    writer.append(Audio(np.zeros(RATE, np.float32), RATE))
    writer.close()
    with pytest.raises(UsageError, match=r"silent\.wav: nobody speaks"):
        questions([silent])


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("not a sound", encoding="utf-8")
    with pytest.raises(AudioError):
        questions([text])
