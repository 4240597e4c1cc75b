"""How long `swv6 --help` and `swv6 plugins` take, beside an empty typer app with one command.

Processor time of whole processes, interleaved so that a busy machine hurts all alike.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from tempfile import TemporaryDirectory
from time import perf_counter

from swv6.bench.control import Control
from swv6.bench.series import Rounds, Section, Series

GOAL = 1.5
"""`swv6 --help` may cost this many times an empty app's `--help`."""
_EMPTY = """
import typer
app = typer.Typer({settings})
@app.command()
def hello() -> None:
    "Greet."
app()
"""
_PLAIN = _EMPTY.format(settings="rich_markup_mode=None")
_RICH = _EMPTY.format(settings="")
_OURS = "from swv6.cli import main; main()"
RUNS = {
    "python": ["-c", "pass"],
    "empty typer app": ["-c", _PLAIN, "--help"],
    "empty typer app with rich help": ["-c", _RICH, "--help"],
    "swv6 --help": ["-c", _OURS, "--help"],
    "swv6 plugins": ["-c", _OURS, "plugins"],
}
BASELINE = "empty typer app"
SHOWN = ("swv6 --help", "swv6 plugins", BASELINE, "empty typer app with rich help", "python")


def measure(runs: int, told: Callable[[str], None]) -> Section:
    """Start each program once a round, after one round that warms the disk's cache."""
    rounds, control = (
        Rounds([Series(name, name, "s", beside="" if name == BASELINE else BASELINE) for name in SHOWN]),
        Control(),
    )
    with TemporaryDirectory() as folder:
        for number in range(runs + 1):
            control.tick()
            for name, arguments in RUNS.items():
                seconds = processor_seconds(arguments, folder)
                if number:
                    rounds.add(name, seconds)
            told(f"start-up: round {number} of {runs}")
    return Section("startup", "Starting: processor time of a whole process", rounds.series(), control.series)


def processor_seconds(arguments: list[str], folder: str) -> float:
    """Run Python once in `folder` and return the seconds it took."""
    before = _children()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return _children() - before


def _children() -> float:
    """Give the processor seconds of all ended children; wall seconds on Windows, which keeps no such account."""
    if sys.platform == "win32":
        return perf_counter()
    from resource import RUSAGE_CHILDREN, getrusage

    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
