"""What our kokoro stage costs beside kokoro-onnx called directly: same model, voice, threads and sentence.

The two take turns, first one and then the other ahead, so that a busy machine hurts both alike; medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from kokoro_onnx import Kokoro

from plugins_builtin.kokoro.engine import open_kokoro
from plugins_builtin.kokoro.options import KokoroOptions
from swv6.models.store import Store
from swv6.plugins import TTS

GOAL = 1.05
"""Our stage may take this many times the direct call."""
SENTENCE = "Il y a cent vingt minutes dans deux heures."


def direct(model: str, voice: str) -> Callable[[], float]:
    """Load the model as its documentation says; return a call: seconds."""
    with tempfile.TemporaryDirectory() as folder:
        voices = Path(folder) / "voices.npz"
        np.savez(voices, ff_siwis=np.fromfile(voice, "<f4").reshape(-1, 1, 256))
        kokoro = Kokoro(model, str(voices))
        archive: Any = kokoro.voices
        kokoro.voices = dict(archive)  # read now: the file goes
        archive.close()

    def call() -> float:
        began = perf_counter()
        kokoro.create(SENTENCE, voice="ff_siwis", lang="fr-fr")
        return perf_counter() - began

    return call


async def ours(stage: TTS) -> float:
    """Ask the stage: seconds."""
    began = perf_counter()
    async for _ in stage(SENTENCE):
        pass
    return perf_counter() - began


async def compare(rounds: int) -> dict[str, Any]:
    """Measure both, taking turns."""
    store = Store()
    for name in ("kokoro-v1.0-int8", "ff_siwis"):
        store.pull(name)
    model, voice = str(store.find("kokoro-v1.0-int8", "kokoro")), str(store.find("ff_siwis", "kokoro-voice"))
    call = direct(model, voice)
    times: tuple[list[float], list[float]] = ([], [])
    async with open_kokoro(KokoroOptions(model=model, voice=voice, language="fr")) as stage:
        call()
        await ours(stage)
        for turn in range(rounds):
            for side in (0, 1) if turn % 2 else (1, 0):
                times[side].append(await ours(stage) if side else call())
    theirs, mine = median(times[0]), median(times[1])
    return {"direct_s": round(theirs, 4), "ours_s": round(mine, 4), "ratio": round(mine / theirs, 3), "goal": GOAL}


def main() -> None:
    """Print the comparison; exit 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = asyncio.run(compare(chosen.rounds))
    line = f"direct {found['direct_s']} s, ours {found['ours_s']} s, ratio {found['ratio']} (goal {GOAL})"
    print(json.dumps(found) if chosen.json else line)
    raise SystemExit(found["ratio"] > GOAL)


if __name__ == "__main__":
    main()
