"""Ending an answer: at a stop string, when it repeats itself, when it has taken too long."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator
from time import monotonic
from typing import TypeVar

import anyio

from swv6.stages.answers.thoughts import overlap
from swv6.stages.deadline import TooSlow
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")
log = logging.getLogger("swv6.answers")

LONGEST = 24
"""Words of the longest phrase whose repetition is noticed: a long sentence."""
_RUN = 80
"""Characters without a space after which an answer is no language any more; longer than most addresses."""


def stopped_at(stage: Stage[R, str], stops: tuple[str, ...]) -> Stage[R, str]:
    """End the answer before the first of `stops`, wherever its deltas are cut."""

    async def run(request: R, /) -> AsyncIterator[str]:
        held = ""
        async with owned(stage(request)) as deltas:
            async for delta in deltas:
                held += delta
                if found := [at for stop in stops if (at := held.find(stop)) >= 0]:
                    if min(found):
                        yield held[: min(found)]
                    return
                sure = len(held) - overlap(held, stops)
                if sure:
                    yield held[:sure]
                held = held[sure:]
        if held:
            yield held

    return run if stops else stage


def times(period: int) -> int:
    """Say how often a phrase of `period` words may be said in a row: a refrain is not a loop."""
    return 8 if period == 1 else 5 if period == 2 else 4 if period < 6 else 3


class Loops:
    """Notices that the last words are one phrase, over and over, or one run of signs without an end."""

    def __init__(self) -> None:
        self._words: deque[str] = deque(maxlen=LONGEST * 8)
        self._word = ""

    def feed(self, delta: str) -> int | None:
        """Take a piece; return how much of it to keep when the answer is to end there."""
        for at, sign in enumerate(delta):
            if not sign.isspace():
                self._word += sign
                if len(self._word) >= _RUN and len(set(self._word[-_RUN:])) <= 4:
                    return at + 1
            elif self._word:
                self._words.append(self._word.casefold().strip(".,;:!?…"))
                self._word = ""
                if self._looping():
                    return at
        return None

    def _looping(self) -> bool:
        words = list(self._words)
        return any(_repeats(words, period, times(period)) for period in range(1, LONGEST + 1))


def _repeats(words: list[str], period: int, often: int) -> bool:
    size = period * often
    if len(words) < size or words[-1] != words[-1 - period]:
        return False
    tail = words[-size:]
    return tail[period:] == tail[:-period]


def without_loops(stage: Stage[R, str]) -> Stage[R, str]:
    """End an answer that says the same phrase over and over."""

    async def run(request: R, /) -> AsyncIterator[str]:
        loops = Loops()
        async with owned(stage(request)) as deltas:
            async for delta in deltas:
                keep = loops.feed(delta)
                if keep is not None:
                    log.info("the answer repeated itself and was ended")
                    if keep:
                        yield delta[:keep]
                    return
                yield delta

    return run


def within(stage: Stage[R, str], seconds: float) -> Stage[R, str]:
    """End an answer that has taken `seconds` of the model's time; the reader's own time does not count.

    Raises TooSlow when nothing had come by then.
    """

    async def run(request: R, /) -> AsyncIterator[str]:
        left, begun = seconds, False
        async with owned(stage(request)) as deltas:
            while True:
                since, late, delta = monotonic(), True, None
                with anyio.move_on_after(left):  # no `yield` inside: a scope belongs to one task
                    delta = await anext(deltas, None)
                    late = False
                if late:
                    break
                if delta is None:
                    return
                left -= monotonic() - since
                begun = True
                yield delta
        if not begun:
            raise TooSlow(f"no answer within {seconds:g} s")
        log.info("the answer took more than %g s and was ended", seconds)

    return run
