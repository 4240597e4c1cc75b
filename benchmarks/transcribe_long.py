"""Time and memory of `swv6 transcribe` as recordings grow: real speech repeated to each length (Linux, macOS).

python benchmarks/transcribe_long.py talk.wav --minutes 1,10,60,180
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory
from time import perf_counter

from swv6.audio.files import WavWriter, read
from swv6.types import Audio

RATE = 16_000
LINEAR = 1.3
"""A second of the longest recording may cost this many times one of the ten-minute recording."""
FLAT = 300
"""MB that the longest recording may take above the ten-minute one."""


def repeated(sound: Path, minutes: float, target: Path) -> None:
    """Write the sound again and again until it is that long."""
    samples, left = read(sound, RATE).samples, round(minutes * 60 * RATE)
    with WavWriter(target, RATE) as wav:
        while left > 0:
            wav.append(Audio(samples[:left], RATE))
            left -= len(samples)


def measure(file: Path, beam: int) -> tuple[float, float, int]:
    """Transcribe in a process of its own: seconds, peak MB, words."""
    command = [sys.executable, "-m", "swv6", "transcribe", "--set", "cache.disk=null", "--no-word-timestamps"]
    began = perf_counter()
    with subprocess.Popen(
        [*command, "--set", f"stt.prism.beam_size={beam}", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        text = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{file}: exit code {process.returncode}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return perf_counter() - began, usage.ru_maxrss / scale, len(text.split())


def slope(rows: Sequence[Mapping[str, float]]) -> float:
    """Give the MB that an hour more takes, the line of least squares through all lengths."""
    return 60 * linear_regression([row["minutes"] for row in rows], [row["peak_mb"] for row in rows]).slope


def main() -> None:
    """Print a line for each length; exit 1 when time is not linear or memory not flat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sound", type=Path)
    parser.add_argument("--minutes", default="1,10,60", type=lambda text: [float(part) for part in text.split(",")])
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rows = []
    for minutes in chosen.minutes:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "long.wav"
            repeated(chosen.sound, minutes, file)
            seconds, peak, words = measure(file, chosen.beam)
        row = {"minutes": minutes, "seconds": round(seconds, 1), "peak_mb": round(peak), "words": words}
        rows.append(row | {"rtf": round(seconds / minutes / 60, 4)})
        if not chosen.json:
            print(", ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    long = [row for row in rows if row["minutes"] >= 10]
    if chosen.json:
        print(json.dumps(rows))
    elif len(long) > 1:
        print(f"{slope(long):+.0f} MB of peak memory for each hour more")
    worse = any(row["rtf"] > LINEAR * long[0]["rtf"] or row["peak_mb"] > long[0]["peak_mb"] + FLAT for row in long)
    raise SystemExit(worse)


if __name__ == "__main__":
    main()
