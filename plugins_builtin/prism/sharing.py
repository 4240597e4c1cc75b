"""A recording's windows shared out among the model's workers: one thread each, what they hear in its order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from plugins_builtin.prism.windows import Window

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """Windows of one batch that one worker hears."""

    windows: Sequence[Window]
    longest: Window
    """Of the whole batch: all its windows are heard at this length, so that the number of workers changes nothing."""


def parts(windows: Iterable[Window], batch_size: int, workers: int) -> Iterator[Part]:
    """Cut windows into batches, and each of these into as many even parts of neighbours as there are workers."""
    waiting = iter(windows)
    while batch := list(islice(waiting, batch_size)):
        longest, count = max(batch, key=lambda window: window.end - window.start), min(workers, len(batch))
        edges = [at * len(batch) // count for at in range(count + 1)]
        yield from (Part(batch[edges[at] : edges[at + 1]], longest) for at in range(count))


def in_order(work: Callable[[Part], Iterable[T]], jobs: Iterable[Part], workers: int) -> Iterator[T]:
    """Do as many jobs at once as there are workers, and yield what they give in the order of the jobs.

    At most `workers` jobs wait beside those that are done. The first exception is raised in its place; then, and when
    nobody wants any more, those that run are waited for and no other begins.
    """
    pool, waiting = ThreadPoolExecutor(workers, "swv6-prism-part"), deque[Future[list[T]]]()
    try:
        for job in jobs:
            waiting.append(pool.submit(lambda part: list(work(part)), job))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
