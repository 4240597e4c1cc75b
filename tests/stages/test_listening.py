"""A listener is told everything, and cannot hurt."""

from __future__ import annotations

from swv6.stages.listening import Fanout
from swv6.telemetry.events import Event, Notice


def test_a_listener_that_raises_is_told_no_more() -> None:
    heard: list[Event] = []
    guest: list[Event] = []
    calls: list[Event] = []

    def broken(event: Event) -> None:
        calls.append(event)
        raise RuntimeError("mine")

    fanout = Fanout(heard.append)
    fanout.add("broken", broken)
    fanout.add("guest", guest.append)
    for text in "ab":
        fanout(Notice(text))
    assert [e.text for e in heard if isinstance(e, Notice)] == ["a", "b"]
    assert guest == heard
    assert len(calls) == 1
