"""How long `swv6 --help` takes beside an empty typer app with one command; `swv6 bench startup` with a goal."""

from __future__ import annotations

import argparse
import json
import sys

from swv6.bench.startup import BASELINE, GOAL, measure


def main() -> int:
    """Print the medians and the ratio; exit with 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--rounds", type=int, default=21)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    section = measure(arguments.rounds, lambda _: None)
    times = {series.name: series.median * 1e3 for series in section.series}
    ratio = times["swv6 --help"] / times[BASELINE]
    if arguments.json:
        print(json.dumps({"milliseconds": times, "ratio": ratio, "goal": GOAL, "rounds": arguments.rounds}))
    else:
        for name, milliseconds in times.items():
            print(f"{name:<32} {milliseconds:7.1f} ms")
        print(f"swv6 --help / empty typer app    {ratio:7.2f}    (goal: at most {GOAL})")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
