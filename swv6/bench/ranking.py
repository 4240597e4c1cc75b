"""What each contender got wrong and how fast it was, and all of it as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import add
from typing import Any

from swv6.bench.summary import percentile
from swv6.bench.transcribe import BASELINE, Heard
from swv6.text.wer import Errors


@dataclass(frozen=True, slots=True)
class Range:
    """A median and what lies around it."""

    p50: float
    p5: float
    p95: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One contender over all recordings."""

    name: str
    errors: Errors
    """Of the first run; engines that are not deterministic may differ in the others."""
    speed: Range
    """Seconds of sound for each second of work, file by file."""
    ratio: Range | None
    """Its time against the baseline's on the same file in the same run; below 1 is faster."""


def standings(found: Sequence[Heard]) -> list[Standing]:
    """Sum up each contender, in the order in which they were named."""
    base = {(h.file, h.run): h.elapsed for h in found if h.contender == BASELINE}
    names = list(dict.fromkeys(h.contender for h in sorted(found, key=lambda h: h.contender == BASELINE)))
    return [_standing(name, [h for h in found if h.contender == name], base) for name in names]


def _standing(name: str, own: list[Heard], base: dict[Any, float]) -> Standing:
    counted = reduce(add, (h.errors for h in own if h.run == 1), Errors())
    ratios = [h.elapsed / base[h.file, h.run] for h in own if (h.file, h.run) in base]
    speed = _range([h.seconds / h.elapsed for h in own])
    return Standing(name, counted, speed, _range(ratios) if ratios and name != BASELINE else None)


def _range(values: Sequence[float]) -> Range:
    return Range(*(percentile(values, share) for share in (0.5, 0.05, 0.95)))


def worst(found: Sequence[Heard], most: int) -> list[Heard]:
    """Give the recordings with the most wrong words, of the first run, the worst first; none without an error."""
    wrong = [h for h in found if h.run == 1 and h.errors.word_errors]
    return sorted(wrong, key=lambda h: (-h.errors.wer, -h.errors.word_errors, str(h.file)))[:most]


def report(found: Sequence[Heard], runs: int) -> dict[str, Any]:
    """Give the whole measurement as JSON values; seconds everywhere."""
    from importlib.metadata import version

    return {
        "swv6": version("swv6"),
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()},
        "runs": runs,
        "contenders": [
            {
                "name": one.name,
                "wer": round(one.errors.wer, 4),
                "cer": round(one.errors.cer, 4),
                **asdict(one.errors),
                "speed": _rounded(one.speed),
                "ratio": one.ratio and _rounded(one.ratio),
            }
            for one in standings(found)
        ],
        "files": [
            {
                "contender": h.contender,
                "file": str(h.file),
                "run": h.run,
                "text": h.text,
                "wer": round(h.errors.wer, 4),
                "cer": round(h.errors.cer, 4),
                "elapsed": round(h.elapsed, 4),
                "seconds": round(h.seconds, 3),
            }
            for h in found
        ],
    }


def _rounded(found: Range) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(found).items()}
