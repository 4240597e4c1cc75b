"""A fixed piece of work: how fast the machine itself is just now."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from swv6.bench.series import Series

_SIZE = 2**17
"""Samples; about 10 ms of work on a processor of 2020, on one thread and without a lock."""
_NOISE = np.random.default_rng(0).normal(size=_SIZE)


class Control:
    """Times the same Fourier transforms now and then."""

    def __init__(self) -> None:
        self._took = list[float]()
        _work()

    def tick(self) -> None:
        """Do it once."""
        began = perf_counter()
        _work()
        self._took.append(perf_counter() - began)

    @property
    def series(self) -> Series | None:
        """What it took."""
        took = tuple(self._took)
        return Series("control", "The machine: a fixed piece of work", "s", took) if took else None


def _work() -> None:
    for _ in range(2):
        np.fft.irfft(np.fft.rfft(_NOISE))
