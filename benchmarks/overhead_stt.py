"""What our prism stage costs beside faster-whisper called directly: same model, settings and question.

The two take turns, first one and then the other ahead, so that a busy machine hurts both alike; medians. `file` is the
overhead; `live` shows what the short window gains over the same settings of plain faster-whisper.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from faster_whisper import WhisperModel

from plugins_builtin.prism.engine import open_prism
from plugins_builtin.prism.options import PrismOptions
from swv6.audio.files import read
from swv6.models.store import Store
from swv6.plugins import STT, Audio

GOAL = 1.05
"""Our stage may take this many times the direct call."""
QUESTION = Path(__file__).parents[1] / "profiles/sounds/question-1.wav"
FILE = {"language": "fr", "beam_size": 5, "condition_on_previous_text": False, "word_timestamps": True}
LIVE = {
    "language": "fr",
    "beam_size": 1,
    "condition_on_previous_text": False,
    "temperature": 0.0,
    "without_timestamps": True,
}


def direct(model: str, threads: int, settings: dict[str, Any], audio: Audio) -> Callable[[], tuple[float, str]]:
    """Load the model as its documentation says; return a call: seconds, text."""
    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=threads)

    def call() -> tuple[float, str]:
        began = perf_counter()
        segments, _ = whisper.transcribe(audio.samples, **settings)
        text = " ".join(segment.text.strip() for segment in segments)
        return perf_counter() - began, text

    return call


async def ours(stage: STT, audio: Audio) -> tuple[float, str]:
    """Ask the stage: seconds, text."""
    began, text = perf_counter(), ""
    async for transcript in stage(audio):
        text = transcript.text
    return perf_counter() - began, text


async def compare(live: bool, rounds: int) -> dict[str, Any]:
    """Measure both, taking turns."""
    Store().pull("whisper-base")
    model, threads, audio = str(Store().find("whisper-base", "faster-whisper")), os.cpu_count() or 1, read(QUESTION)
    call = direct(model, threads, {**(LIVE if live else FILE), "vad_filter": False}, audio)
    options = PrismOptions(
        model=model, device="cpu", compute_type="int8", language="fr", live=live, threads=threads, vad_filter=False
    )
    times: tuple[list[float], list[float]] = ([], [])
    async with open_prism(options) as stage:
        call()
        for turn in range(rounds):
            for side in (0, 1) if turn % 2 else (1, 0):
                seconds, _ = await ours(stage, audio) if side else call()
                times[side].append(seconds)
    theirs, mine = median(times[0]), median(times[1])
    return {"direct_s": round(theirs, 4), "ours_s": round(mine, 4), "ratio": round(mine / theirs, 3)}


def main() -> None:
    """Print the comparison; exit 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = {name: asyncio.run(compare(name == "live", chosen.rounds)) for name in ("file", "live")}
    if chosen.json:
        print(json.dumps({**found, "goal": GOAL}))
    else:
        for name, figures in found.items():
            print(f"{name}: direct {figures['direct_s']} s, ours {figures['ours_s']} s, ratio {figures['ratio']}")
    raise SystemExit(found["file"]["ratio"] > GOAL)


if __name__ == "__main__":
    main()
