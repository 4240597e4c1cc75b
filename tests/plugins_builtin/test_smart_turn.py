"""Smart Turn with real weights on real questions: whole ones are finished; what a mistake costs is bounded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plugins_builtin.smart_turn.features import BANDS, RATE, log_mel
from swv6.audio.files import read
from swv6.conversation.hints import combined
from swv6.testing.turn_end import TurnEndContract
from swv6.types import Audio
from tests.plugins_builtin.offers import offer

SOUNDS = Path(__file__).parents[2] / "profiles" / "sounds"
PAUSE = np.zeros(3200, np.float32)
"""0.2 s of silence: what a turn ends with when it is judged."""


def spoken(path: Path, share: float = 1.0) -> Audio:
    """Give the first `share` of a recording's speech, then a pause."""
    samples = read(path).samples
    loud = np.nonzero(np.abs(samples) > 0.01)[0]
    speech = samples[loud[0] : loud[-1]]
    return Audio(np.concatenate([speech[: round(share * len(speech))], PAUSE]), RATE)


@pytest.mark.weights
class TestSmartTurn(TurnEndContract):
    """The contract of turn-end models."""

    backend = offer("smart_turn", "turn_end")

    async def test_whole_questions_are_finished(self) -> None:
        """Measured: 17 of 17 recordings, the least sure at 0.85."""
        files = sorted(SOUNDS.rglob("*.wav"))
        async with self.opened() as turn_end:
            sure = [await turn_end(spoken(file)) for file in files]
        assert sum(p >= 0.5 for p in sure) >= 0.9 * len(files)

    async def test_a_cut_question_seldom_gets_an_early_end_that_its_words_refuse(self) -> None:
        """It often takes a cut question for a whole one; open words win, and it alone never makes anyone wait."""
        async with self.opened() as turn_end:
            cut = await turn_end(spoken(SOUNDS / "question-2.wav", 0.55))
        assert cut < 0.5
        assert combined(True, cut) is None
        assert combined(False, 1.0 - cut) is False


def test_the_spectrogram_has_whispers_range() -> None:
    """A tone lies in its band, whatever its loudness; 8 s of 10 ms, the sound at the end."""
    seconds = np.arange(RATE) / RATE
    for level in (0.01, 1.0):
        shown = log_mel((level * np.sin(2 * np.pi * 1000 * seconds)).astype(np.float32))[0]
        assert shown.shape == (BANDS, 800)
        assert shown.max() - shown.min() <= 2.0
        assert shown[:, 750].argmax() == pytest.approx(26, abs=1)
        assert shown[26, 750] > shown[26, 600] + 1.0


def test_the_last_eight_seconds_count() -> None:
    """What was said before is not seen."""
    sound = np.random.default_rng(1).normal(0, 0.1, 12 * RATE).astype(np.float32)
    assert np.array_equal(log_mel(sound), log_mel(sound[-8 * RATE :]))
