"""Listeners that are told on a thread of their own."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from threading import Event, get_ident
from time import sleep

import pytest

from swv6.telemetry import behind as module
from swv6.telemetry.behind import behind


def test_everything_is_told_in_order_and_elsewhere_before_the_end() -> None:
    told: list[tuple[int, int]] = []

    def note(number: int) -> None:
        told.append((number, get_ident()))

    with behind(note) as hand_on:
        for number in range(3 * module.LIMIT):
            hand_on(number)
    assert [number for number, _ in told] == list(range(3 * module.LIMIT))
    assert get_ident() not in {thread for _, thread in told}


def test_nobody_waits_for_a_listener_that_takes_its_time() -> None:
    go, told = Event(), list[int]()

    def slow(number: int) -> None:
        go.wait()
        told.append(number)

    with behind(slow) as hand_on:
        for number in range(module.LIMIT):
            hand_on(number)  # would never come back if it waited
        assert told == []
        go.set()
    assert len(told) == module.LIMIT


def test_what_it_raises_comes_with_the_next_event() -> None:
    heard = Event()

    def broken(number: int) -> None:
        heard.set()
        raise ValueError("no")

    with behind(broken) as hand_on:
        hand_on(1)
        heard.wait()
        with pytest.raises(ValueError, match="no"):
            deque(map(hand_on, range(2 * module.LIMIT)))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Collect what is logged of listeners."""
    lines, handler = list[str](), logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    module.log.addHandler(handler)
    yield lines
    module.log.removeHandler(handler)


def test_what_it_raises_at_the_very_last_event_is_logged(logged: list[str]) -> None:
    def broken(number: int) -> None:
        raise ValueError("no")

    with behind(broken) as hand_on:
        hand_on(1)
    assert logged == ["the listener broken failed at the end: ValueError: no"]


def test_what_was_raised_is_not_logged_again(logged: list[str]) -> None:
    def broken(number: int) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), behind(broken) as hand_on:
        deque(map(hand_on, range(2 * module.LIMIT)))
    assert logged == []


@pytest.fixture
def hangs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Give a listener that never comes back from its first event, until the test is over."""
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    over = Event()

    def hangs(number: int) -> None:
        over.wait()

    yield hangs
    over.set()


def test_the_end_does_not_wait_for_one_that_hangs(logged: list[str], hangs: Callable[[int], None]) -> None:
    with behind(hangs) as hand_on:
        hand_on(1)
        hand_on(2)
    assert logged == [
        "the listener hangs failed at the end: TimeoutError: busy with one event for 0.05 s; it is told no more"
    ]


def test_whoever_reports_does_not_wait_for_one_that_hangs(logged: list[str], hangs: Callable[[int], None]) -> None:
    with behind(hangs) as hand_on, pytest.raises(TimeoutError, match="it is told no more"):
        deque(map(hand_on, range(2 * module.LIMIT)))
    assert logged == []


def test_the_end_waits_for_one_that_is_slow_but_goes_on(logged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    told = list[int]()

    def slow(number: int) -> None:
        sleep(0.01)
        told.append(number)

    with behind(slow) as hand_on:
        deque(map(hand_on, range(100)))
    assert (told, logged) == (list(range(100)), [])
