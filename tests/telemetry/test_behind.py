"""Listeners that are told on a thread of their own."""

from __future__ import annotations

from collections import deque
from threading import Event, get_ident

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
