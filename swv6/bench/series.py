"""One measured quantity as a value, and a section of several: what every table, JSON file and page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from json import dumps
from math import hypot
from statistics import median
from typing import Any, Literal

from swv6.bench.summary import percentile

Better = Literal["less", "more"]
SIGMA = 1.4826
"""Median absolute deviation -> standard deviation, for values that are normally distributed."""
OF_THE_MEDIAN = 1.2533
"""Standard error of a median against that of a mean (sqrt(pi / 2)), for the same."""


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured of one thing, round by round."""

    name: str
    """Unique within its section; two reports are compared by it."""
    label: str
    """As people read it."""
    unit: str
    """`s`, `tok/s`, `share` (0..1) or `x` (a ratio)."""
    values: tuple[float, ...] = ()
    beside: str = ""
    """Name of the series that was measured in turns with this one: its baseline, round by round."""
    better: Better = "less"
    group: str = ""
    """Heading under which it is shown."""

    @property
    def median(self) -> float:
        """The value in the middle; there must be one."""
        return median(self.values)

    @property
    def p5(self) -> float:
        return percentile(self.values, 0.05)

    @property
    def p95(self) -> float:
        return percentile(self.values, 0.95)

    @property
    def mad(self) -> float:
        """How far the values lie from their median, by the median."""
        middle = self.median
        return median(abs(value - middle) for value in self.values)

    @property
    def error(self) -> float:
        """Standard error of the median, found from the MAD: a few outliers do not widen it."""
        return float(OF_THE_MEDIAN * SIGMA * self.mad / len(self.values) ** 0.5)

    def as_dict(self) -> dict[str, Any]:
        """Give JSON values."""
        return {
            "name": self.name,
            "label": self.label,
            "unit": self.unit,
            "group": self.group,
            "better": self.better,
            "beside": self.beside,
            **{name: _short(getattr(self, name)) for name in ("median", "p5", "p95", "mad")},
            "values": [_short(value) for value in self.values],
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """On what a section was measured, where that may differ from run to run."""

    count: int
    """Questions, or recordings."""
    hash: str
    """Of their names and words."""
    how: str = ""
    """What is not as usual, in words."""

    def as_dict(self) -> dict[str, Any]:
        """Give JSON values."""
        return asdict(self)


def asked(of: Sequence[tuple[str, str]], how: str = "") -> Asked:
    """Say on what was measured: (name, words) each."""
    return Asked(len(of), sha256(dumps(sorted(of), ensure_ascii=False).encode()).hexdigest()[:16], how)


@dataclass(frozen=True, slots=True)
class Section:
    """What one measurement found."""

    name: str
    """The sub-command."""
    title: str
    series: tuple[Series, ...]
    control: Series | None = None
    """A fixed piece of work, done in between: what the machine itself was worth at that time."""
    notes: tuple[str, ...] = ()
    """What a reader must know: what was measured with, what was left out."""
    asked: Asked | None = None
    """None where it is always the same."""

    def find(self, name: str) -> Series | None:
        """Give a series by its name."""
        return next((one for one in self.series if one.name == name), None)

    def ratio(self, series: Series) -> float | None:
        """Give the median of a series against its baseline, round by round where both have as many."""
        base = self.find(series.beside)
        if base is None or not all(base.values):
            return None
        if len(base.values) != len(series.values):
            return series.median / base.median
        return median(own / other for own, other in zip(series.values, base.values, strict=True))


@dataclass(slots=True)
class Rounds:
    """Collects values while a section is measured."""

    kinds: Sequence[Series]
    """What is measured, without values."""
    found: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """Note one value of one series."""
        self.found.setdefault(name, []).append(value)

    def series(self) -> tuple[Series, ...]:
        """Give those of which there is a value."""
        return tuple(
            Series(k.name, k.label, k.unit, tuple(self.found[k.name]), k.beside, k.better, k.group)
            for k in self.kinds
            if self.found.get(k.name)
        )


def apart(one: Series, other: Series) -> float:
    """Give the standard error of the difference of two medians."""
    return hypot(one.error, other.error)


def shown(value: float, unit: str) -> str:
    """Write a value as people read it: seconds as us, ms or s, shares as percent."""
    if unit == "share":
        return f"{value:.1%}"
    if unit == "x":
        return f"{value:.3f}"
    if unit != "s":
        return f"{value:.1f} {unit}"
    if abs(value) < 1e-3:
        return f"{value * 1e6:.1f} µs"
    return f"{value * 1e3:.{0 if abs(value) >= 0.1 else 1}f} ms" if abs(value) < 10 else f"{value:.1f} s"


def alike(one: float, other: float, unit: str) -> tuple[str, str]:
    """Write two values that are read together: times in the unit of the longer one."""
    texts = shown(one, unit), shown(other, unit)
    most = max(abs(one), abs(other))
    if unit != "s" or texts[0].split()[1] == texts[1].split()[1]:
        return texts
    size, name = (1.0, "s") if most >= 10 else (1e-3, "ms")
    first, second = (f"{value / size:.{1 if abs(value) >= size / 20 else 3}f} {name}" for value in (one, other))
    return first, second


def _short(value: float) -> float:
    return float(f"{value:.6g}")
