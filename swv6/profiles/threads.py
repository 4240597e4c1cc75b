"""Processor threads of each stage: shared out so that hearing, thinking and speaking do not starve each other."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import Field

from swv6.profiles.frozen import Frozen

Count = Annotated[int, Field(ge=0, le=256)]
MOST_TO_HEAR = 8
"""Threads from which Whisper's encoder gains nothing more (CTranslate2 chooses no more by itself)."""
MOST_TO_SPEAK = 4
"""Threads from which a sentence of Kokoro gains little: its layers are small."""


class Threads(Frozen):
    """Processor threads of each stage; 0 shares out the cores. A backend's own `threads` goes before this."""

    stt: Count = 0
    """0: half of the cores, at most 8: a turn is short, and the other half reads ahead."""
    llm: Count = 0
    """0: one core fewer than there are, so that the voice has one; both of two cores, for the model stands still while
    the first clause gets its voice."""
    tts: Count = 0
    """0: half of the cores, at most 4; both of two cores."""

    def share(self, kind: str) -> int:
        """Give the threads of `stt`, `llm` or `tts` on this machine."""
        return int(getattr(self, kind)) or shares(cores())[kind]


def shares(cores: int) -> dict[str, int]:
    """Share `cores` out. Measured on two cores (docs/latency.md); beyond, the model leaves one to everybody else.

    One thread transcribes a question of 3 s with Whisper base as fast as two do (148 ms; two 174): its steps are small.
    """
    few = cores <= 2
    return {
        "stt": max(1, min(MOST_TO_HEAR, cores // 2)),
        "llm": cores if few else cores - 1,
        "tts": cores if few else min(MOST_TO_SPEAK, cores // 2),
    }


def cores() -> int:
    """Count the cores this process may use: real ones, since two threads of one core slow matrix work down."""
    import psutil

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))
