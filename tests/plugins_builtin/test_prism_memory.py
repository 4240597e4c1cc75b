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
import numpy as np, psutil
from plugins_builtin.prism import memory
memory.keep_blocks()
big, pin = np.full(50_000_000, 1.0, np.float32), None
pin = np.full(20_000_000, 1.0, np.float32)  # behind it on the heap
del big
rss = psutil.Process().memory_info
before = rss().rss
for _ in range(memory.EVERY):
    memory.tidy_up()
print(before - rss().rss)
"""


def test_what_is_kept_goes_back_now_and_then() -> None:
    """200 MB that nobody uses, where glibc is; elsewhere the call is harmless."""
    if sys.platform == "win32":
        return
    done = subprocess.run([sys.executable, "-c", HELD], capture_output=True, encoding="utf-8", check=True)
    assert sys.platform != "linux" or int(done.stdout) > 150_000_000
