"""Two reports side by side: what got slower, by how much, and whether that is more than noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from swv6.bench.series import Asked, Section, Series, apart

LEAST = 0.10
"""A median must move by this share of the older one, however steady both are."""
ERRORS = 2.0
"""... and by this many standard errors (from the MAD) of the difference of the two medians: about 95 %."""
ENOUGH = 3
"""With fewer values than this in either report nothing is known of its noise, and nothing is said."""
RULE = (
    f"a median counts as moved beyond {LEAST:.0%} of the older one and beyond {ERRORS:.0f} standard errors (from the "
    f"MAD) of their difference; fewer than {ENOUGH} values are not judged; `machine`: so did a fixed piece of work, "
    "or a baseline that is not ours"
)
"""The rule in words."""
FOREIGN = ("startup", "overhead")
"""Sections whose baselines have nothing of ours in them: what slows them down as well is the machine."""
ALIKE = {"machine": ("cpu", "cores", "memory_gib", "python"), "profile": ("name", "hash")}
"""What two reports should have in common."""
Verdict = Literal["slower", "faster", "worse", "better", "same", "machine", "few"]
BAD = ("slower", "worse")


@dataclass(frozen=True, slots=True)
class Moved:
    """One series then and now."""

    section: str
    before: Series
    now: Series
    threshold: float
    """By how much the median may differ without being called moved."""
    verdict: Verdict

    @property
    def change(self) -> float:
        """Share of the older median by which it moved; positive is more."""
        old = self.before.median
        return (self.now.median - old) / old if old else 0.0


@dataclass(frozen=True, slots=True)
class Since:
    """What moved since an older report."""

    then: str
    """Name of the older one."""
    moves: Sequence[Moved]
    differs: Sequence[str] = ()
    """In what the two were not made alike, a line each."""
    unlike: Sequence[str] = ()
    """Which sections are not compared, and why."""

    @property
    def worse(self) -> bool:
        """Whether something got slower or worse beyond noise."""
        return any(move.verdict in BAD for move in self.moves)


def moved(before: Sequence[Section], now: Sequence[Section]) -> list[Moved]:
    """Judge every series that both reports have; not where something else was asked."""
    return [m for old, new in _both(before, now) if comparable(old.asked, new.asked) for m in _section(old, new)]


def unlike(before: Sequence[Section], now: Sequence[Section]) -> list[str]:
    """Say of which sections nothing is judged, and why."""
    pairs = [(new.name, old.asked, new.asked) for old, new in _both(before, now)]
    return [f"{name}: {different(old, new)}" for name, old, new in pairs if old and new and not comparable(old, new)]


def comparable(one: Asked | None, other: Asked | None) -> bool:
    """Tell whether the same was asked, as far as it is known."""
    return one is None or other is None or one == other


def different(old: Asked, new: Asked) -> str:
    if old.count != new.count:
        return f"{old.count} questions or recordings then, {new.count} now"
    if old.hash != new.hash:
        return "other questions or recordings"
    return f"{old.how or 'as usual'} then, {new.how or 'as usual'} now"


def _both(before: Sequence[Section], now: Sequence[Section]) -> list[tuple[Section, Section]]:
    return [(old, new) for new in now for old in before if old.name == new.name]


def _section(old: Section, new: Section) -> Iterator[Moved]:
    drift = new.control.median / old.control.median if old.control and new.control else 1.0
    for series in new.series:
        earlier = old.find(series.name)
        if earlier is not None and earlier.unit == series.unit:
            bare = _beside(old, new, series) if new.name in FOREIGN else None
            yield judged(new.name, earlier, series, drift if bare is None else bare)


def _beside(old: Section, new: Section, series: Series) -> float | None:
    """Say how many times longer the baseline took than before, which was measured in turns with it; or it itself."""
    name = series.beside or series.name
    then, now = old.find(name), new.find(name)
    return now.median / then.median if then and now and then.median and then.unit == series.unit else None


def judged(section: str, old: Series, new: Series, drift: float = 1.0) -> Moved:
    """Judge one series; `drift` is how many times longer the machine took for the fixed piece of work, or the baseline.

    What moved only as far as the machine did is called so.
    """
    threshold = max(LEAST * abs(old.median), ERRORS * apart(old, new))
    verdict = _verdict(old, new, threshold)
    if verdict in ("slower", "faster", "worse", "better") and old.unit in ("s", "tok/s"):
        expected = old.median * (drift if old.unit == "s" else 1 / drift)
        left, whole = new.median - expected, new.median - old.median
        if abs(left) <= threshold and abs(left) < abs(whole):
            verdict = "machine"
    return Moved(section, old, new, threshold, verdict)


def _verdict(old: Series, new: Series, threshold: float) -> Verdict:
    if min(len(old.values), len(new.values)) < ENOUGH:
        return "few"
    difference = new.median - old.median
    if abs(difference) <= threshold:
        return "same"
    if (difference > 0) == (new.better == "less"):
        return "slower" if new.unit in ("s", "tok/s") else "worse"
    return "faster" if new.unit in ("s", "tok/s") else "better"


def differs(before: dict[str, object], now: dict[str, object]) -> list[str]:
    """Say in what two reports were not made alike: machine, profile, engines."""
    told = list[str]()
    for part, what in ALIKE.items():
        old, new = before.get(part), now.get(part)
        if isinstance(old, dict) and isinstance(new, dict):
            told += [f"{part} {k}: {old.get(k)} -> {new.get(k)}" for k in what if old.get(k) != new.get(k)]
    old, new = before.get("engines"), now.get("engines")
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted({*old, *new})
        told += [f"{n}: {old.get(n, 'absent')} -> {new.get(n, 'absent')}" for n in names if old.get(n) != new.get(n)]
    return told
