"""Blocks as large as Whisper's attention are taken from the system once, not for each window."""

from __future__ import annotations

import subprocess
import sys

TWICE = """
import resource, numpy as np
from plugins_builtin.prism.memory import keep_blocks
keep_blocks()
for _ in range(2):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.full(18_000_000, 1.0, np.float32)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_a_block_of_72_mb_is_fetched_once() -> None:
    """The second one costs no pages, where glibc is; elsewhere the call is harmless."""
    if sys.platform == "win32":
        return
    done = subprocess.run([sys.executable, "-c", TWICE], capture_output=True, encoding="utf-8", check=True)
    first, second = map(int, done.stdout.split())
    assert sys.platform != "linux" or second <= first / 10


HELD = """
import time, numpy as np, psutil
from plugins_builtin.prism import memory
memory.keep_blocks()
rss = lambda: psutil.Process().memory_info().rss
with memory.tidied():
    for _ in range(2):  # whatever was given back before
        big = np.full(130_000_000, 1.0, np.float32)
        pin = np.full(20_000_000, 1.0, np.float32)  # behind it on the heap
        before = rss()
        del big
        end = time.monotonic() + 60
        while rss() > before - 450_000_000 and time.monotonic() < end:
            time.sleep(memory.EVERY)
        print(before - rss())
"""


def test_what_is_kept_goes_back() -> None:
    """520 MB that nobody uses, where glibc is; elsewhere the call is harmless."""
    if sys.platform == "win32":
        return
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, encoding="utf-8", check=True)
    assert sys.platform != "linux" or min(map(int, done.stdout.split())) > 450_000_000
