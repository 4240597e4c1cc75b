"""A transcription measurement on the terminal: how far it is, then the table and the worst recordings."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from swv6.bench.ranking import Range, standings, worst
from swv6.bench.transcribe import BASELINE, Heard
from swv6.cli._counting import Counting
from swv6.cli.mic_reading import coloured
from swv6.text.alignment import align


class Progress(Counting):
    """A bar on a terminal, a line for each recording elsewhere, on stderr."""

    def __init__(self, total: int) -> None:
        super().__init__("opening the models", total)

    def done(self, heard: Heard) -> None:
        """Say one recording."""
        self.advance(heard.file.name)
        if self.bar.disable:
            found = f"{heard.errors.word_errors} of {heard.errors.words} words wrong, {heard.elapsed:.2f} s"
            print(f"{heard.file.name}: {heard.contender}: {found}", file=sys.stderr, flush=True)


def show(found: Sequence[Heard], texts: Mapping[Path, str], languages: Mapping[str, str], most: int) -> None:
    """Print the table, then the `most` worst recordings with what was heard in the place of what."""
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(("", "WER", "CER", "words", "speed", "p5-p95", "ratio", "p5-p95")):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for one in standings(found):
        counts = (f"{one.errors.wer:.1%}", f"{one.errors.cer:.1%}", str(one.errors.words))
        table.add_row(one.name, *counts, *_range(one.speed, 1), *(_range(one.ratio, 2) if one.ratio else ("-", "-")))
    console.print(table)
    legend = "speed: seconds of sound for each second of work"
    if any(heard.contender == BASELINE for heard in found):
        legend += f"; ratio: time against {BASELINE} called directly"
    console.print(legend)
    for heard in worst(found, most):
        language = languages.get(heard.contender, next(iter(languages.values())))
        head = f"{heard.file.name}, {heard.contender}: {heard.errors.wer:.0%} of {heard.errors.words} words wrong"
        console.print(Text.assemble("\n", (head, "bold")))
        console.print(coloured(align(texts[heard.file], heard.text, language)))


def _range(found: Range, digits: int) -> tuple[str, str]:
    return f"{found.p50:.{digits}f}", f"{found.p5:.{digits}f}-{found.p95:.{digits}f}"
