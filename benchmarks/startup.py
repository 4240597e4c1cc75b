"""How long `swv6 --help` and `swv6 plugins` take, beside an empty typer app with one command.

Processor time of whole processes, interleaved so that a busy machine hurts all alike; the median of N.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

GOAL = 1.5
"""`swv6 --help` may cost this many times an empty app's `--help`."""
EMPTY = """
import typer
app = typer.Typer({settings})
@app.command()
def hello() -> None:
    "Greet."
app()
"""
PLAIN = EMPTY.format(settings="rich_markup_mode=None")
RICH = EMPTY.format(settings="")
OURS = "from swv6.cli import main; main()"

RUNS = {
    "python": ["-c", "pass"],
    "empty typer app": ["-c", PLAIN, "--help"],
    "empty typer app with rich help": ["-c", RICH, "--help"],
    "swv6 --help": ["-c", OURS, "--help"],
    "swv6 plugins": ["-c", OURS, "plugins"],
}


def children() -> float:
    """Give the processor seconds of all ended children; wall seconds on Windows, which keeps no such account."""
    if sys.platform == "win32":
        return perf_counter()
    from resource import RUSAGE_CHILDREN, getrusage

    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def processor_seconds(arguments: list[str], folder: str) -> float:
    """Run Python once in `folder` and return the seconds it took."""
    before = children()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return children() - before


def measure(rounds: int) -> dict[str, float]:
    """Give the median milliseconds of each run, after one round that warms the disk's cache."""
    seen: dict[str, list[float]] = {name: [] for name in RUNS}
    with TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            for name, arguments in RUNS.items():
                seconds = processor_seconds(arguments, folder)
                if number:
                    seen[name].append(seconds * 1000)
    return {name: median(values) for name, values in seen.items()}


def main() -> int:
    """Print the medians and the ratio; exit with 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--rounds", type=int, default=21)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    times = measure(arguments.rounds)
    ratio = times["swv6 --help"] / times["empty typer app"]
    if arguments.json:
        print(json.dumps({"milliseconds": times, "ratio": ratio, "goal": GOAL, "rounds": arguments.rounds}))
    else:
        for name, milliseconds in times.items():
            print(f"{name:<32} {milliseconds:7.1f} ms")
        print(f"swv6 --help / empty typer app    {ratio:7.2f}    (goal: at most {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
