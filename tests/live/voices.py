"""Sounds that are made for a test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.files import WavWriter
from swv6.audio.resample import Resampler
from swv6.testing.opened import opened
from swv6.types import TTS, Audio
from tests.plugins_builtin.offers import offer

if TYPE_CHECKING:
    from swv6.types import Samples

RATE = 16000
"""Hz of the virtual microphone."""


async def spoken(text: str, path: Path, words_per_minute: int = 120) -> Path:
    """Let espeak say something slowly: its "oui" is understood, other voices' single words often are not."""
    options = {"language": "fr", "words_per_minute": words_per_minute}
    async with opened(offer("espeak", "tts"), options) as voice:
        return written(path, await said(voice, text))


async def said(voice: TTS, text: str) -> Samples:
    """Give what a voice makes of a text, at 16 kHz."""
    sounds = [sound async for sound in voice(text)]
    resampler = Resampler(sounds[0].rate, RATE)
    return np.concatenate([resampler.feed(np.concatenate([s.samples for s in sounds])), resampler.flush()])


def written(path: Path, samples: Samples) -> Path:
    """Write mono samples at 16 kHz into a WAV file."""
    with WavWriter(path, RATE) as writer:
        writer.append(Audio(samples.clip(-1, 1).astype(np.float32), RATE))
    return path
