"""A listener is told everything, and cannot hurt."""

from __future__ import annotations

from swv6.stages.listening import Fanout
from swv6.telemetry.events import Event, Notice
from swv6.telemetry.stamps import Stamped


def test_a_listener_that_raises_is_told_no_more() -> None:
    heard: list[Event] = []
    guest: list[Stamped] = []
    calls: list[Stamped] = []

    def broken(event: Stamped) -> None:
        calls.append(event)
        raise RuntimeError("mine")

    fanout = Fanout(heard.append)
    fanout.add("broken", broken)
    fanout.add("guest", guest.append)
    for text in "ab":
        fanout(Notice(text))
    assert [e.text for e in heard if isinstance(e, Notice)] == ["a", "b"]
    assert [stamped.event for stamped in guest] == heard
    assert len(calls) == 1
