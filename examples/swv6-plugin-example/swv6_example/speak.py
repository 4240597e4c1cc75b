"""A voice that speaks Morse code, one word at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import numpy as np

from swv6.plugins import TTS, Audio
from swv6_example.letters import CODE, seconds_per_unit, words

if TYPE_CHECKING:
    from swv6.plugins import Samples
    from swv6_example.options import Voice

RATE = 16_000
"""Hz."""
LOUDNESS = 0.3
"""Peak of the tone, of full scale."""
_RAMP = 0.005
"""Seconds in which a tone swells and fades, so that it does not click."""


@asynccontextmanager
async def open_tts(options: Voice) -> AsyncIterator[TTS]:
    """Open the voice; there is nothing to load."""

    async def say(text: str, /) -> AsyncIterator[Audio]:
        for word in words(text):
            yield Audio(key(word, options), RATE)

    yield say


def key(word: str, options: Voice) -> Samples:
    """Give one word as sound: float32 mono at `RATE`, with the pause that follows a word."""
    unit = round(seconds_per_unit(options.words_per_minute) * RATE)
    parts = []
    for letter in word:
        for mark in CODE[letter]:
            parts += [_tone((3 if mark == "-" else 1) * unit, options.pitch), np.zeros(unit, np.float32)]
        parts.append(np.zeros(2 * unit, np.float32))  # three units of pause after a letter, one was there
    parts.append(np.zeros(4 * unit, np.float32))  # seven after a word
    return np.concatenate(parts)


def _tone(count: int, pitch: float) -> Samples:
    time = np.arange(count) / RATE
    edge = np.minimum(time, time[::-1]) / _RAMP
    return (LOUDNESS * np.minimum(edge, 1) * np.sin(2 * np.pi * pitch * time)).astype(np.float32)
