"""What the real Whisper hears of a sound, and how far that is from what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from swv6.plugins import Audio
from swv6.testing.stt import STTContract
from tests.plugins_builtin.offers import offer


class Ear(STTContract):
    """Prism on files, without being a test."""

    __test__ = False
    backend = offer("prism", "stt")
    options: ClassVar = {"model": "whisper-base", "device": "cpu", "live": False}


def joined(items: Sequence[Audio]) -> Audio:
    """Put the pieces of a voice together."""
    return Audio(np.concatenate([audio.samples for audio in items]), items[0].rate)


async def heard(sound: Audio, language: str) -> str:
    """Transcribe a sound."""
    async with Ear().opened(language=language) as stage:
        return str([transcript async for transcript in stage(sound)][-1].text)


def word_errors(said: str, text: str) -> float:
    """Give the word error rate: edits over words said; case and punctuation do not count."""
    reference, words = _words(said), _words(text)
    row = list(range(len(words) + 1))
    for i, word in enumerate(reference, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(words, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (word != other))
    return row[-1] / len(reference)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
