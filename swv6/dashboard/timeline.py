"""How long stages took, over time: histograms in at most sixty periods, which grow longer as a conversation does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log2

PERIODS = 60
"""Periods that are kept; when they are full, two become one."""
FIRST = 10.0
"""Seconds of a period at first."""
WINDOW = 12
"""Periods that a point is about, its own the last of them: single turns have no percentiles."""
STEPS = 16
"""Bins for each doubling: a figure is at most 2.2 % off."""
LEAST, BINS = 1e-3, 17 * STEPS
"""Seconds of the first bin; the last one holds 131 s and more."""


def placed(seconds: float) -> int:
    """Give the bin of a time."""
    return min(BINS, max(0, round(log2(max(seconds, LEAST) / LEAST) * STEPS)))


def percentile(bins: Counter[int], share: float) -> float:
    """Give the time, in seconds, below which a share (0..1) of the times lie."""
    wanted, passed = share * sum(bins.values()), 0
    for place in sorted(bins):
        passed += bins[place]
        if passed >= wanted:
            break
    return float(LEAST * 2 ** (place / STEPS))


@dataclass(slots=True)
class Timeline:
    """The times of one stage."""

    width: float = FIRST
    """Seconds of a period."""
    periods: dict[int, Counter[int]] = field(default_factory=dict)

    def add(self, at: float, seconds: float) -> None:
        """Note a time; `at` is seconds since the conversation began."""
        while at >= self.width * PERIODS:
            self._halve()
        self.periods.setdefault(max(0, int(at / self.width)), Counter())[placed(seconds)] += 1

    def shown(self) -> dict[str, object]:
        """Give what the page draws."""
        return {"points": self.points(), "whole": self.whole(), "window": self.width * WINDOW}

    def points(self) -> list[tuple[float, int, int, int]]:
        """Give (seconds of a period's end, how many, p50, p95 in ms) of each window that ends with a turn."""
        return [(round((n + 1) * self.width, 1), *_figures(self._window(n))) for n in sorted(self.periods)]

    def whole(self) -> tuple[int, int, int]:
        """Give (how many, p50, p95 in ms) of everything; zeros before the first."""
        return _figures(_sum(self.periods.values()))

    def _window(self, last: int) -> Counter[int]:
        return _sum(self.periods[n] for n in range(last - WINDOW + 1, last + 1) if n in self.periods)

    def _halve(self) -> None:
        before, self.periods, self.width = self.periods, {}, self.width * 2
        for number, bins in before.items():
            self.periods.setdefault(number // 2, Counter()).update(bins)


def _sum(every: Iterable[Counter[int]]) -> Counter[int]:
    found = Counter[int]()
    for bins in every:
        found.update(bins)
    return found


def _figures(bins: Counter[int]) -> tuple[int, int, int]:
    if not bins:
        return 0, 0, 0
    return sum(bins.values()), round(percentile(bins, 0.5) * 1e3), round(percentile(bins, 0.95) * 1e3)
