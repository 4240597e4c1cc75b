"""Big blocks of memory kept for the next window instead of fetched from the system anew."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

TRIM_THRESHOLD, MMAP_MAX, ARENA_MAX = -1, -4, -8
"""What glibc's malloc.h calls these settings."""
KEPT = 1 << 30
"""Bytes at the heap's end that are not given back: more than a window of the largest model takes."""
SPARE = 256_000_000
"""Bytes that may be kept for the next window: windows differ in length, so that what is kept of each adds up (1.5 GB
after an hour where nothing is given back)."""
RESIDENT = Path("/proc/self/statm")
"""Where Linux says how many pages the process holds, second of the numbers."""
_first: list[int] = []
"""Bytes that the process held at its first part, the model loaded."""


def keep_blocks() -> None:
    """Tell glibc to keep what is freed; elsewhere nothing happens.

    It maps each block over 32 MB anew, and Whisper base's attention over 30 s takes one of 72 MB in each layer: the
    system's zeroing of pages was a quarter of the encoder's time at 24 s and more. One arena, for the others cannot
    hold such blocks; threads that have theirs already keep it.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:  # musl has none
        return
    for setting, value in ((ARENA_MAX, 1), (MMAP_MAX, 0), (TRIM_THRESHOLD, KEPT)):
        mallopt(setting, value)


def tidy_up() -> None:
    """Give free blocks back to the system when there are many; called before the encoder, and before the decoder."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is None:
        return
    if not _first:
        trim(0)
        _first.append(_held())
    elif _held() > _first[0] + SPARE:
        trim(0)


def _held() -> int:
    return int(RESIDENT.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
