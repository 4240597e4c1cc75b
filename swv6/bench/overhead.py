"""What our stages cost beside the engines below them called directly: same model, settings and request.

The two take turns, first one and then the other ahead, so that a busy machine hurts both alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import TypeAlias, TypeVar

from swv6.bench.control import Control
from swv6.bench.series import Rounds, Section, Series
from swv6.errors import MissingExtra, Swv6Error, UsageError
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.stages.fallback import one_line
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
Took: TypeAlias = Mapping[str, float]
"""What was timed (`total`, perhaps `first`) -> seconds."""
GOAL = 1.05
"""Our stage may take this many times the direct call."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One engine reached in two ways."""

    name: str
    label: str
    ours: Callable[[], Awaitable[Took]]
    bare: Callable[[], Took]
    timed: tuple[str, ...] = ("total",)
    """What both time."""


Opener: TypeAlias = Callable[[Profile, Store], AbstractAsyncContextManager[Pair | None]]
"""Opens both ways for the first backend of a profile whose engine is known here; None when there is none."""


def openers() -> dict[str, Opener]:
    """Give every pair that is known."""
    from swv6.bench import overhead_llm, overhead_stt, overhead_tts

    return {
        "live": partial(overhead_stt.pair, live=True),
        "file": partial(overhead_stt.pair, live=False),
        "llm": overhead_llm.pair,
        "tts": overhead_tts.pair,
    }


async def measure(
    profile: Profile, store: Store, runs: int, told: Callable[[str], None], only: tuple[str, ...] = ()
) -> Section:
    """Measure each pair `runs` times, one pair loaded at a time; `only` names pairs.

    Raises UsageError when the profile has no engine that is known, MissingExtra when none is installed.
    """
    control, series, notes = Control(), list[Series](), list[str]()
    for name, opener in openers().items():
        if only and name not in only:
            continue
        told(f"overhead: {name}")
        try:
            async with opener(profile, store) as pair:
                series += await taken(pair, runs, control) if pair else ()
            notes += [] if pair else [f"{name}: the profile has no engine that is called directly here"]
        except (MissingExtra, Swv6Error) as error:
            notes.append(f"{name}: {one_line(error)}")
    if not series:
        raise UsageError(f"nothing to compare: {'; '.join(notes)}", "swv6 bench overhead -p default")
    return Section("overhead", "Our stages beside the bare engines", tuple(series), control.series, tuple(notes))


async def whole(stage: Stage[R, object], request: R) -> Took:
    """Time one answer to its last item."""
    began = perf_counter()
    async with owned(stage(request)) as items:
        async for _ in items:
            pass
    return {"total": perf_counter() - began}


async def taken(pair: Pair, runs: int, control: Control) -> tuple[Series, ...]:
    """Let both answer in turns, after one uncounted round."""
    rounds = Rounds([one for what in pair.timed for one in _kinds(pair, what)])
    for number in range(runs + 1):
        control.tick()
        for ours in (True, False) if number % 2 else (False, True):
            took = await pair.ours() if ours else pair.bare()
            for what in pair.timed if number else ():
                rounds.add(_name(pair, what, ours), took[what])
    return rounds.series()


def _kinds(pair: Pair, what: str) -> tuple[Series, Series]:
    bare, label = _name(pair, what, False), "first item" if what == "first" else "whole answer"
    return (
        Series(_name(pair, what, True), f"swv6, {label}", "s", beside=bare, group=pair.label),
        Series(bare, f"bare engine, {label}", "s", group=pair.label),
    )


def _name(pair: Pair, what: str, ours: bool) -> str:
    return f"{pair.name}.{what}.{'swv6' if ours else 'bare'}"
