"""Parts of a recording on several workers: all of it, in order; mistakes and goodbyes end it."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Event

import pytest

from plugins_builtin.prism.loading import cpu_threads, shared_out
from plugins_builtin.prism.options import PrismOptions
from plugins_builtin.prism.sharing import Part, in_order, parts
from plugins_builtin.prism.windows import Window

WINDOWS = [Window(at * 10, at * 10 + 5 + at) for at in range(5)]


def test_batches_are_cut_evenly_and_know_their_longest() -> None:
    """Nothing is lost or moved; what is measured on the batch is the same for any number of workers."""
    for workers in (1, 2, 3, 8):
        found = list(parts(WINDOWS, 4, workers))
        assert [window for part in found for window in part.windows] == WINDOWS
        assert {part.longest for part in found} == {WINDOWS[3], WINDOWS[4]}
    assert [len(part.windows) for part in parts(WINDOWS, 4, 2)] == [2, 2, 1]


def test_jobs_run_at_once_and_are_given_in_order() -> None:
    """Two of them meet inside, so there are two threads."""
    meet = Barrier(2)

    def work(part: Part) -> Iterator[Window]:
        meet.wait(10)
        yield from part.windows

    assert list(in_order(work, parts(WINDOWS[:4], 4, 4), 2)) == WINDOWS[:4]


def test_an_error_comes_in_its_place() -> None:
    """What came before it is given first."""

    def work(part: Part) -> Iterator[Window]:
        if part.windows[0] is WINDOWS[1]:
            raise MemoryError("full")
        yield from part.windows

    given = in_order(work, parts(WINDOWS, 1, 1), 1)
    assert next(given) is WINDOWS[0]
    with pytest.raises(MemoryError):
        next(given)


def test_nothing_begins_once_nobody_listens() -> None:
    """The job that runs is waited for, those that wait are dropped."""
    begun, go = list[Window](), Event()

    def work(part: Part) -> Iterator[Window]:
        begun.append(part.windows[0])
        assert len(begun) == 1 or go.wait(10)
        yield from part.windows

    given = in_order(work, parts(WINDOWS, 1, 1), 1)
    assert next(given) is WINDOWS[0]
    go.set()
    given.close()  # type: ignore[attr-defined]
    ended = list(begun)
    assert list(given) == []
    assert begun == ended


def test_requests_share_the_cores() -> None:
    """As many threads as cores in all, at least one each, at most eight; the option wins."""
    assert [cpu_threads(PrismOptions(concurrency=n), 4) for n in (1, 2, 8)] == [4, 2, 1]
    assert cpu_threads(PrismOptions(), 64) == 8
    assert cpu_threads(PrismOptions(threads=3), 64) == 3
    assert [shared_out(threads, requests) for threads, requests in ((2, 1), (1, 2), (8, 2), (3, 1))] == [
        (1, 2),
        (1, 2),
        (4, 4),
        (3, 1),
    ]
