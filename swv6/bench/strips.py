"""Series as pictures: every value a dot, the middle nine tenths a band, the median a stroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from swv6.bench.series import Series, shown

WIDTH, HEIGHT = 520, 26
"""Units of one strip; it scales with the page."""
EDGE = 8
"""Units kept free on both sides, for dots at the ends."""
WIDE = 25.0
"""When the largest median is so many times the smallest, the axis is logarithmic."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Values of one unit -> places, shared by the strips of one group."""

    low: float
    high: float
    unit: str
    logarithmic: bool

    def x(self, value: float) -> float:
        """Give the place of a value; what lies outside stands at the edge."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    def ticks(self) -> list[float]:
        """Give a few round values."""
        if self.logarithmic:
            first, last = round(log10(self.low) + 0.4999), int(log10(self.high) // 1)
            return [10.0**n for n in range(first, last + 1)]
        step = _round((self.high - self.low) / 4)
        return [step * n for n in range(int(self.high / step) + 1)]


def _round(step: float) -> float:
    size = 10.0 ** int(log10(step) // 1)
    return next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= step)


def axis(series: Sequence[Series], before: Sequence[Series] = ()) -> Axis:
    """Lay an axis under series of one unit; shares always reach from nothing to all."""
    unit = series[0].unit
    if unit == "share":
        return Axis(0.0, 1.0, unit, False)
    every = [*series, *before]
    medians = [one.median for one in every]
    high = max(max(one.p95 for one in every) * 1.06, 1e-9)
    if min(medians) > 0 and max(medians) / min(medians) > WIDE:
        return Axis(min(one.p5 for one in every if one.p5 > 0) / 1.6, high * 1.5, unit, True)
    return Axis(0.0, high, unit, False)


def strip(series: Series, axis: Axis, base: Series | None = None, before: Series | None = None) -> str:
    """Draw one series; its baseline's median is a dashed line, an older report's a triangle."""
    told = f"{series.label}: median {shown(series.median, series.unit)}"
    told += f", 5 to 95 % {shown(series.p5, series.unit)} to {shown(series.p95, series.unit)}"
    inner = "".join(_drawn(series, axis, base, before))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">{inner}</svg>'


def _drawn(series: Series, axis: Axis, base: Series | None, before: Series | None) -> Iterator[str]:
    middle = HEIGHT / 2
    for tick in axis.ticks():
        yield f'<line class="grid" x1="{axis.x(tick)}" x2="{axis.x(tick)}" y1="0" y2="{HEIGHT}"/>'
    if base is not None:
        at = axis.x(base.median)
        told = f"<title>baseline: {escape(shown(base.median, base.unit))}</title>"
        yield f'<line class="base" x1="{at}" x2="{at}" y1="0" y2="{HEIGHT}">{told}</line>'
    left, right = axis.x(series.p5), axis.x(series.p95)
    yield f'<rect class="band" x="{left}" y="{middle - 6}" width="{max(2.0, right - left):.1f}" height="12" rx="6"/>'
    for number, value in enumerate(series.values):
        y = middle + (number * 7 % 9 - 4) * 0.9  # apart, so that equal values are seen to be several
        told = f"<title>{escape(shown(value, series.unit))}</title>"
        yield f'<circle class="dot" cx="{axis.x(value)}" cy="{y:.1f}" r="2.6">{told}</circle>'
    at = axis.x(series.median)
    yield f'<line class="median" x1="{at}" x2="{at}" y1="{middle - 9}" y2="{middle + 9}"/>'
    if before is not None:
        at = axis.x(before.median)
        told = f"<title>before: {escape(shown(before.median, before.unit))}</title>"
        yield f'<path class="before" d="M{at} {HEIGHT - 7} l5 7 h-10 z">{told}</path>'


def scale(axis: Axis) -> str:
    """Draw the axis's figures."""
    texts = "".join(_figure(axis, tick) for tick in axis.ticks())
    return f'<svg class="scale" viewBox="0 0 {WIDTH} 14" aria-hidden="true">{texts}</svg>'


def _figure(axis: Axis, tick: float) -> str:
    at = axis.x(tick)
    anchor = "start" if at < EDGE + 6 else "end" if at > WIDTH - 30 else "middle"
    return f'<text x="{at}" y="11" text-anchor="{anchor}">{escape(_plain(tick, axis.unit))}</text>'


def _plain(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.0%}"
    if unit != "s":
        return f"{value:g}" + (f" {unit}" if unit != "x" else "")
    if value == 0:
        return "0"
    for size, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if value >= size * 0.999:
            return f"{value / size:.3g} {name}"
    return f"{value:.1g} s"
