"""The rule of `--compare`: what is noise, what is slower, and what the machine did."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from swv6.bench.comparing import differs, judged, moved, unlike
from swv6.bench.series import Asked, Better, Section, Series, asked


def series(*values: float, unit: str = "s", better: Better = "less") -> Series:
    return Series("a", "a", unit, values, better=better)


def around(middle: float, spread: float, count: int, seed: int) -> Series:
    chance = Random(seed)
    return series(*(chance.gauss(middle, spread) for _ in range(count)))


def test_ten_percent_must_be_exceeded_however_steady() -> None:
    old = series(1.0, 1.0, 1.0)
    assert judged("x", old, series(1.09, 1.09, 1.09)).verdict == "same"
    slower = judged("x", old, series(1.12, 1.12, 1.12))
    assert (slower.verdict, round(slower.change, 2)) == ("slower", 0.12)
    assert judged("x", old, series(0.85, 0.85, 0.85)).verdict == "faster"


def test_what_scatters_must_move_further_than_it_scatters() -> None:
    old, new = series(0.5, 1.0, 1.5, 0.7, 1.3), series(0.8, 1.3, 1.8, 1.0, 1.6)
    assert judged("x", old, new).verdict == "same"
    assert judged("x", old, series(*(4 * value for value in old.values))).verdict == "slower"


def test_more_rounds_find_a_smaller_change() -> None:
    few = judged("x", around(1.0, 0.2, 5, 1), around(1.2, 0.2, 5, 2))
    many = judged("x", around(1.0, 0.2, 200, 1), around(1.2, 0.2, 200, 2))
    assert few.threshold > many.threshold
    assert many.verdict == "slower"


def test_no_more_than_one_in_ten_unchanged_series_is_called_moved() -> None:
    verdicts = [judged("x", around(1.0, 0.3, 9, n), around(1.0, 0.3, 9, n + 1000)).verdict for n in range(300)]
    assert sum(verdict != "same" for verdict in verdicts) <= 30


def test_two_values_say_nothing() -> None:
    assert judged("x", series(1.0, 1.0), series(9.0, 9.0, 9.0)).verdict == "few"


def test_less_is_worse_where_more_is_better() -> None:
    rate = judged("x", series(30, 30, 30, unit="tok/s", better="more"), series(20, 20, 20, unit="tok/s", better="more"))
    share = judged(
        "x", series(0.9, 0.9, 0.9, unit="share", better="more"), series(0.5, 0.5, 0.5, unit="share", better="more")
    )
    assert (rate.verdict, share.verdict) == ("slower", "worse")


def test_a_machine_that_became_slower_is_not_blamed_on_us() -> None:
    old, control = series(1.0, 1.0, 1.0), Series("control", "", "s", (0.01, 0.01, 0.01))
    slow = Series("control", "", "s", (0.015, 0.015, 0.015))
    before = [Section("x", "X", (old,), control)]
    (as_much,) = moved(before, [Section("x", "X", (series(1.5, 1.5, 1.5),), slow)])
    (more,) = moved(before, [Section("x", "X", (series(3.0, 3.0, 3.0),), slow)])
    assert (as_much.verdict, more.verdict) == ("machine", "slower")


def test_a_foreign_baseline_that_became_as_slow_shows_that_it_is_the_machine() -> None:
    def section(name: str, ours: float, bare: float) -> Section:
        return Section(name, "X", (Series("a", "a", "s", (ours,) * 3, beside="b"), Series("b", "b", "s", (bare,) * 3)))

    def verdicts(name: str, ours: float, bare: float) -> list[str]:
        return [one.verdict for one in moved([section(name, 1.8, 1.0)], [section(name, ours, bare)])]

    assert verdicts("startup", 2.1, 1.2) == ["machine", "machine"]
    assert verdicts("startup", 3.2, 1.2) == ["slower", "machine"]
    assert verdicts("startup", 2.1, 1.0) == ["slower", "same"]
    assert verdicts("say", 2.1, 1.2) == ["slower", "slower"]


def test_a_machine_that_became_slower_does_not_make_a_steady_series_faster() -> None:
    assert judged("x", series(1.0, 1.0, 1.0), series(1.0, 1.0, 1.0), drift=3.0).verdict == "same"


def test_only_what_both_reports_have_is_compared() -> None:
    before = [Section("x", "X", (series(1.0, 1.0, 1.0),)), Section("gone", "G", (series(1.0),))]
    now = [Section("x", "X", (series(0.2, 0.2, 0.2, unit="share"),)), Section("new", "N", (series(1.0),))]
    assert moved(before, now) == []


@given(st.lists(st.floats(1e-6, 1e3), min_size=3, max_size=20))
def test_a_report_compared_with_itself_has_not_moved(values: list[float]) -> None:
    assert judged("x", series(*values), series(*values)).verdict == "same"


def test_another_machine_profile_or_engine_is_told() -> None:
    old = {"machine": {"cpu": "A", "cores": 2}, "profile": {"name": "p", "hash": "1"}, "engines": {"x": "1"}}
    new = {"machine": {"cpu": "A", "cores": 4}, "profile": {"name": "p", "hash": "2"}, "engines": {"y": "1"}}
    assert differs(old, old) == []
    told = differs(old, new)
    assert told == ["machine cores: 2 -> 4", "profile hash: 1 -> 2", "x: 1 -> absent", "y: absent -> 1"]


def on(of: Asked | None, *values: float) -> Section:
    return Section("latency", "Latency", (series(*values),), asked=of)


def test_what_was_asked_other_questions_is_not_compared_and_it_is_said_why() -> None:
    six, seven = asked([(str(n), "") for n in range(6)]), asked([(str(n), "") for n in range(7)])
    others, before = asked([(str(n), "quoi") for n in range(6)]), on(six, 1.0, 1.0, 1.0)
    for of, said in (
        (seven, "6 questions or recordings then, 7 now"),
        (others, "other questions or recordings"),
        (Asked(6, six.hash, "whole answers"), "as usual then, whole answers now"),
    ):
        now = on(of, 2.0, 2.0, 2.0)
        assert (moved([before], [now]), unlike([before], [now])) == ([], [f"latency: {said}"])


def test_what_was_asked_the_same_or_is_not_known_is_compared() -> None:
    same = asked([("b", "deux"), ("a", "un")])
    assert same == asked([("a", "un"), ("b", "deux")])
    for of in (same, None):
        before, now = on(of, 1.0, 1.0, 1.0), on(same, 2.0, 2.0, 2.0)
        assert [m.verdict for m in moved([before], [now])] == ["slower"]
        assert not unlike([before], [now])
