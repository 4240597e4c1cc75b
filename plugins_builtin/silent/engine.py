"""Silence as long as the words would have lasted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np

from plugins_builtin.silent.options import SilentOptions
from swv6.plugins import TTS, Audio

BLOCK = 0.5
"""Seconds of silence in one item."""
SPEED = 18.0
"""Characters a second that it would speak. Measured, spaces counted: Kokoro's ff_siwis 18.2 on 16 French sentences
(15 to 21), Piper's joe 19.0 on English ones."""


@asynccontextmanager
async def open_silent(options: SilentOptions) -> AsyncIterator[TTS]:
    """Open silence as a voice; never fails."""

    async def silent(text: str) -> AsyncIterator[Audio]:
        left = duration(text)
        while left > 0:
            yield Audio(np.zeros(max(1, round(min(left, BLOCK) * options.rate)), np.float32), options.rate)
            left -= BLOCK

    yield silent


def duration(text: str) -> float:
    """Say how many seconds it takes to say `text`; 0 for a text without a letter or a digit."""
    spoken = " ".join(text.split())
    return len(spoken) / SPEED if any(c.isalnum() for c in spoken) else 0.0
