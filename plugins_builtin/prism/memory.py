"""Memory of recordings: big blocks are kept for the next window instead of fetched anew, but not too many."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

TRIM_THRESHOLD, MMAP_MAX, ARENA_MAX = -1, -4, -8
"""What glibc's malloc.h calls these settings."""
KEPT = 1 << 30
"""Bytes at the heap's end that are not given back: more than a window of the largest model takes."""
SPARE = 400_000_000
"""Bytes that may be held beside what is in use, code included (150 MB), for the next window: windows differ in length,
so that what is kept of each adds up (1.5 GB after an hour where nothing is given back)."""
EVERY = 0.1
"""Seconds between two looks at what is held: a decoder's growing caches leave 100 MB of holes behind in one."""
RESIDENT = Path("/proc/self/statm")
"""Where Linux says how many pages the process holds, second of the numbers."""
PRODUCTS = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
"""Where oneDNN looks how many of its products it keeps compiled: each length of sound has its own, 1024 of them take
100 MB, and a layer's own come back within a few."""


class _Heap(ctypes.Structure):
    """What mallinfo2 gives, bytes; the eighth is what is in use."""

    _fields_ = tuple((f"number{at}", ctypes.c_size_t) for at in range(10))


def keep_blocks() -> None:
    """Tell glibc to keep what is freed; elsewhere nothing happens.

    It maps each block over 32 MB anew, and Whisper base's attention over 30 s takes one of 72 MB in each layer: the
    system's zeroing of pages was a quarter of the encoder's time at 24 s and more. One arena, for the others cannot
    hold such blocks; threads that have theirs already keep it.
    """
    os.environ.setdefault(PRODUCTS, "64")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is None:  # musl has none
        return
    for setting, value in ((ARENA_MAX, 1), (MMAP_MAX, 0), (TRIM_THRESHOLD, KEPT)):
        mallopt(setting, value)


@contextmanager
def tidied() -> Iterator[None]:
    """Give free blocks back to the system as soon as there are many, from a thread of its own."""
    done = Event()
    watcher = Thread(target=_watch, args=(done,), name="swv6-prism-tidy", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(done: Event) -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    while trim is not None and not done.wait(EVERY):
        if _held() - _used() > SPARE:
            trim(0)


def _held() -> int:
    return int(RESIDENT.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _used() -> int:
    """Ask the heap what is in use; 0 before glibc 2.33, which cannot say it."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return 0
    ask.restype = _Heap
    return int(ask().number7)
