"""How many cores other programs took while something was measured."""

from __future__ import annotations

import os
from time import perf_counter

NOTABLE = 0.3
"""Share of the cores from which others are mentioned: what is measured then is also them."""


class Busy:
    """Counts from when it is made."""

    def __init__(self) -> None:
        self._began = self._now()

    def others(self) -> float:
        """Give how many cores everybody else kept busy since then, on average."""
        wall, busy, own = (now - then for now, then in zip(self._now(), self._began, strict=True))
        return max(0.0, busy - own) / wall if wall > 0 else 0.0

    @staticmethod
    def _now() -> tuple[float, float, float]:
        import psutil

        times = psutil.cpu_times()
        busy = sum(getattr(times, name, 0.0) for name in ("user", "nice", "system", "irq", "softirq", "steal"))
        return perf_counter(), busy, sum(psutil.Process().cpu_times()[:2])


def mentioned(others: float, cores: int | None = None) -> str:
    """Say it where it matters; empty otherwise."""
    cores = cores or os.cpu_count() or 1
    return f"; other programs kept {others:.1f} of {cores} cores busy" if others >= NOTABLE * cores else ""
