"""Measured series: what their statistics say, and how they are written."""

from __future__ import annotations

import pytest

from swv6.bench.series import Rounds, Section, Series, alike, shown


def test_an_outlier_moves_neither_the_median_nor_its_error() -> None:
    steady = Series("a", "a", "s", (1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 1.0))
    jolted = Series("a", "a", "s", (1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 60.0))
    assert steady.median == jolted.median == 1.0
    assert steady.mad == pytest.approx(0.05)
    assert jolted.error == pytest.approx(steady.error)
    assert steady.error == pytest.approx(1.2533 * 1.4826 * 0.05 / 7**0.5)
    assert jolted.p95 > 40


def test_a_ratio_is_taken_round_by_round() -> None:
    """The machine was ten times slower in the second round, for both."""
    ours, base = Series("ours", "", "s", (2.0, 20.0, 2.0), beside="base"), Series("base", "", "s", (1.0, 10.0, 1.0))
    section = Section("x", "X", (ours, base))
    assert section.ratio(ours) == 2.0
    assert section.ratio(base) is None
    short = Series("ours", "", "s", (2.0, 20.0), beside="base")
    assert Section("x", "X", (short, base)).ratio(short) == 11.0
    zero = Series("base", "", "s", (0.0, 0.0, 0.0))
    assert Section("x", "X", (ours, zero)).ratio(ours) is None


def test_rounds_keep_the_order_of_their_kinds_and_leave_out_what_was_not_measured() -> None:
    rounds = Rounds([Series("a", "A", "s"), Series("b", "B", "s"), Series("c", "C", "share", better="more", group="g")])
    rounds.add("c", 0.5)
    rounds.add("a", 1.0)
    rounds.add("a", 2.0)
    first, last = rounds.series()
    assert (first.name, first.values) == ("a", (1.0, 2.0))
    assert (last.name, last.better, last.group) == ("c", "more", "g")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0000034, "s", "3.4 µs"),
        (0.0123, "s", "12.3 ms"),
        (0.456, "s", "456 ms"),
        (12.3, "s", "12.3 s"),
        (0.987, "share", "98.7%"),
        (0.25, "x", "0.250"),
        (31.0, "tok/s", "31.0 tok/s"),
    ],
)
def test_values_are_written_as_people_read_them(value: float, unit: str, text: str) -> None:
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("one", "other", "unit", "texts"),
    [
        (7.109, 12.4, "s", ("7.1 s", "12.4 s")),
        (12.4, 7.109, "s", ("12.4 s", "7.1 s")),
        (0.00002, 0.0012, "s", ("0.020 ms", "1.2 ms")),
        (0.00002, 0.00003, "s", ("20.0 µs", "30.0 µs")),
        (0.05, 0.5, "s", ("50.0 ms", "500 ms")),
        (0.05, 0.5, "share", ("5.0%", "50.0%")),
    ],
)
def test_values_that_are_read_together_have_one_unit(
    one: float, other: float, unit: str, texts: tuple[str, str]
) -> None:
    assert alike(one, other, unit) == texts
