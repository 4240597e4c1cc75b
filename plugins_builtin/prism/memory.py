"""Big blocks of memory kept for the next window instead of fetched from the system anew."""

from __future__ import annotations

import ctypes
import sys
from itertools import count

TRIM_THRESHOLD, MMAP_MAX, ARENA_MAX = -1, -4, -8
"""What glibc's malloc.h calls these settings."""
KEPT = 1 << 30
"""Bytes at the heap's end that are not given back: more than a window of the largest model takes."""
EVERY = 8
"""Parts of a recording (about ten minutes) after which free blocks are given back: windows differ in length, so that
what is kept of each adds up (1.0 GB after ten minutes, 1.5 GB after an hour)."""
_parts = count(1)


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
    """Give free blocks back to the system now and then; called for each part of a recording."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None and next(_parts) % EVERY == 0:
        trim(0)
