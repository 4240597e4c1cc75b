"""What our stages cost beside the bare engines; `swv6 bench overhead` with a goal.

`live` also shows what the short window gains over the same settings of plain faster-whisper; it has no goal.
"""

from __future__ import annotations

import argparse
import json
from functools import partial

import anyio

from swv6.bench.overhead import GOAL, measure, openers
from swv6.models.store import Store
from swv6.profiles import resolve


def main() -> None:
    """Print medians and ratios; exit 1 when a whole answer takes more than the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", metavar="PAIR", help=f"Of {', '.join(openers())}; all by default.")
    parser.add_argument("--profile", default="default")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    work = partial(measure, resolve(chosen.profile), Store(), chosen.rounds, lambda _: None, tuple(chosen.only))
    section = anyio.run(work)
    ratios = {series.name: ratio for series in section.series if (ratio := section.ratio(series)) is not None}
    if chosen.json:
        medians = {series.name: round(series.median, 5) for series in section.series}
        print(json.dumps({"seconds": medians, "ratios": ratios, "goal": GOAL}))
    else:
        for series in section.series:
            beside = f"  x {ratios[series.name]:.3f}" if series.name in ratios else ""
            print(f"{series.name:20} {series.median * 1e3:9.1f} ms{beside}")
        print("\n".join(section.notes))
    over = [name for name, ratio in ratios.items() if name.endswith("total.swv6") and ratio > GOAL]
    raise SystemExit(bool(over))


if __name__ == "__main__":
    main()
