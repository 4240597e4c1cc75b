"""`swv6 say` beside the `piper` program: whole processes, the same voice, the same text, taking turns.

    python benchmarks/say_peers.py --words 10 --rounds 5
    python benchmarks/say_peers.py --words 10 50 500 --first --rounds 5

Without --first the whole process is timed, writing a WAV file, cold (nothing kept) and kept (said before). With
--first, the time from the request to the first sound made, as `swv6 say --json` says it: nearly the same for any
length; all lengths take turns then.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from swv6.models.store import Store

VOICE = "en_US-joe-medium"
SENTENCE = "The {} river runs down to the sea past {} small villages. "
"""Eleven words; no two are the same, or the second one would be kept already."""
NAMES = ("old", "new", "long", "wide", "deep", "cold", "slow", "fast", "dark", "red", "green", "quiet")


def text_of(words: int) -> str:
    """Give a text of so many words, 500 at most."""
    pairs = ((name, other) for other in ("nine", "many", "some", "twelve") for name in NAMES)
    whole = "".join(SENTENCE.format(*pair) for pair in pairs)
    return " ".join(whole.split()[:words]) + "."


def program(name: str) -> str:
    """Find a program beside this Python."""
    return str(Path(sys.executable).with_name(name))


def timed(command: list[str], env: dict[str, str]) -> tuple[float, str]:
    """Run a process: its seconds and its output."""
    began = perf_counter()
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return perf_counter() - began, done.stdout


def seconds(command: list[str], env: dict[str, str]) -> float:
    """Run a process: its seconds."""
    return timed(command, env)[0]


def main() -> None:
    """Measure and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, nargs="+", default=[10])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--first", action="store_true", help="Time the first sound of swv6, not whole processes.")
    wanted = parser.parse_args()
    model = Store().find(VOICE, "piper")
    with tempfile.TemporaryDirectory() as folder:
        kept, off = ({**os.environ, "SWV6_CACHE": where} for where in (f"{folder}/kept", "off"))
        ways: dict[str, Callable[[], float]] = {}
        for words in wanted.words:
            text, out = text_of(words), f"{folder}/out.wav"
            say = [program("swv6"), "say", text, "-o", out, "-p", "offline-test", "--backend", "piper"]
            subprocess.run(say, env=kept, check=True)
            if wanted.first:
                ways[f"{words:4} words  cold"] = partial(first_sound, say, off)
                ways[f"{words:4} words  kept"] = partial(first_sound, say, kept)
            else:
                peer = [program("piper"), "-m", str(model), "-f", f"{folder}/peer.wav", "--", text]
                ways[f"{words:4} words  piper"] = partial(seconds, peer, off)
                ways[f"{words:4} words  cold"] = partial(seconds, say, off)
                ways[f"{words:4} words  kept"] = partial(seconds, say, kept)
                show(ways, wanted.rounds)
                ways = {}
        if wanted.first:  # all lengths take turns
            show(ways, wanted.rounds)


def first_sound(command: list[str], env: dict[str, str]) -> float:
    """Seconds from the request, the profile read, to the first sound made, the voice's loading included."""
    _, out = timed([*command, "--json"], env)
    return float(json.loads(out)["latency_ms"]) / 1e3


def show(ways: dict[str, Callable[[], float]], rounds: int) -> None:
    """Let everyone take a turn in each round; print medians, and ratios to the first."""
    series = {name: list[float]() for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            series[name].append(way())
    base = statistics.median(next(iter(series.values())))
    for name, seconds in series.items():
        middle = statistics.median(seconds)
        print(f"{name:17} {middle:7.3f} s  {middle / base:5.2f} x")


if __name__ == "__main__":
    main()
