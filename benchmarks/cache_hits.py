"""What it takes to answer a clause from disk, or from memory: alone, beside a busy thread, beside processes that write.

    python benchmarks/cache_hits.py --writers 2 --busy

Every clause is 2.5 s of sound; nothing is kept in memory without --memory.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import anyio
import numpy as np

from swv6.stages.cache import Cache, cached
from swv6.stages.cache_codec import CODECS
from swv6.stages.cache_disk import Disk
from swv6.stages.cache_keys import KEYS, size_of
from swv6.stages.cache_shelf import Shelf
from swv6.types import Audio

CLAUSES = 100
RATE = 24_000
_WRITER = """
import os, sys
from pathlib import Path
from swv6.stages.cache_disk import Disk
disk = Disk(Path(sys.argv[1]), 40e6, 1e9)
while True:
    disk.put(os.urandom(8), os.urandom(120_000))
"""


async def voice(text: str, /) -> AsyncIterator[Audio]:
    """Say anything with the same noise."""
    yield Audio(np.random.default_rng(1).uniform(-0.5, 0.5, int(2.5 * RATE)).astype(np.float32), RATE)


async def hits(disk: Disk, rounds: int, memory: float = 0) -> list[float]:
    """Give the milliseconds of each hit."""
    took = list[float]()
    async with anyio.create_task_group() as tasks:
        shelf = Shelf[Audio](disk, lambda: b"voice", CODECS["tts"], tasks)
        chain = cached(voice, Cache[Audio](memory, 7200, size_of), KEYS["tts"], "tts", "v", shelf=shelf)
        for turn in range(rounds * CLAUSES):
            await anyio.sleep(0.002)
            began = perf_counter()
            async for _ in chain(f"Phrase {turn % CLAUSES}."):
                pass
            took.append((perf_counter() - began) * 1e3)
    return took[CLAUSES:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--writers", type=int, default=0, help="Processes that write into the same file meanwhile.")
    parser.add_argument("--memory", action="store_true", help="Keep answers in memory too.")
    parser.add_argument("--busy", action="store_true", help="A thread of this process computes meanwhile.")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        disk, over = Disk(Path(folder, "tts.sqlite3"), 60e6, 1e9), threading.Event()
        anyio.run(hits, disk, 1)
        writers = [subprocess.Popen([sys.executable, "-c", _WRITER, str(disk.path)]) for _ in range(wanted.writers)]
        if wanted.busy:
            threading.Thread(target=lambda: all(not over.is_set() for _ in iter(int, 1))).start()
        try:
            took = anyio.run(hits, disk, wanted.rounds + 1, 9e8 * wanted.memory)
        finally:
            over.set()
            for writer in writers:
                writer.kill()
                writer.wait()
        disk.close()
    cuts = quantiles(took, n=100)
    print(f"{len(took)} hits: median {median(took):.2f} ms, p95 {cuts[94]:.2f}, p99 {cuts[98]:.2f}")


if __name__ == "__main__":
    main()
