"""Percentiles over time: close to the truth, and never more than sixty periods."""

from __future__ import annotations

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from swv6.dashboard.timeline import PERIODS, Timeline, percentile, placed

seconds = st.floats(0.001, 120, allow_nan=False)
moments = st.floats(0, 1e6, allow_nan=False)


@given(seconds)
def test_a_time_is_at_most_2_2_percent_off(value: float) -> None:
    timeline = Timeline()
    timeline.add(0, value)
    (_, count, p50, p95), whole = timeline.points()[0], timeline.whole()
    assert (count, p50, p95) == whole
    assert p50 == p95
    assert abs(p50 - value * 1e3) <= value * 22 + 0.5


@given(st.lists(seconds, min_size=1, max_size=99).filter(lambda values: len(values) % 2 == 1))
def test_the_median_is_the_bin_of_the_median(values: list[float]) -> None:
    timeline = Timeline()
    for value in values:
        timeline.add(1.0, value)
    (bins,) = timeline.periods.values()
    assert placed(percentile(bins, 0.5)) == placed(median(values))


@given(st.lists(st.tuples(moments, seconds), max_size=300))
def test_periods_are_few_and_lose_nothing(told: list[tuple[float, float]]) -> None:
    timeline = Timeline()
    for at, value in told:
        timeline.add(at, value)
    assert len(timeline.periods) <= PERIODS
    assert len(timeline.points()) <= PERIODS
    assert timeline.whole()[0] == len(told)
    assert sum(sum(bins.values()) for bins in timeline.periods.values()) == len(told)


def test_a_point_is_about_the_periods_before_it_too() -> None:
    timeline = Timeline()
    for at, value in ((0, 1.0), (15, 2.0), (599, 4.0)):
        timeline.add(at, value)
    assert [(at, count) for at, count, _, _ in timeline.points()] == [(10, 1), (20, 2), (600, 1)]
    timeline.add(600, 4.0)
    assert timeline.shown()["window"] == 240
    assert [(at, count) for at, count, _, _ in timeline.points()] == [(20, 2), (600, 1), (620, 2)]
