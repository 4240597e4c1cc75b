"""One word at any moment: what the conversation is doing."""

from __future__ import annotations

import pytest

from swv6.conversation.states import States
from swv6.telemetry import events
from swv6.telemetry.events import BargedIn, Event, Keyed, StateChanged, TurnBegan, TurnEnded
from tests.conversation.fakes import Log

SOUND = events.FirstSound(1, 0.1, 0.5, True)


def over(turn: int = 1) -> events.ReplyEnded:
    return events.ReplyEnded(turn, "Oui.", "ok", 0.1, 0.1, 0.1, 0.3)


@pytest.mark.parametrize(
    ("happened", "states"),
    [
        ([TurnBegan(0.0), TurnEnded(1), SOUND, over()], ["hearing", "thinking", "speaking", "listening"]),
        (
            [TurnEnded(1), SOUND, TurnBegan(2.0), BargedIn(False, "oui"), over()],
            ["thinking", "speaking", "hearing", "speaking", "listening"],
        ),
        ([TurnEnded(1), SOUND, TurnBegan(2.0), over(), TurnEnded(2)], ["thinking", "speaking", "hearing", "thinking"]),
        ([TurnEnded(1), TurnBegan(1.0), over(), BargedIn(False, "")], ["thinking", "hearing", "listening"]),
        ([TurnEnded(1), TurnEnded(2), over(1), over(2)], ["thinking", "listening"]),
        ([Keyed(True), Keyed(False)], ["hearing", "listening"]),
        ([StateChanged("asleep"), TurnBegan(0.0)], ["asleep", "hearing"]),
    ],
    ids=["turn", "oui", "interrupted", "held reply fails", "stale reply", "key without speech", "wake word"],
)
def test_states(happened: list[Event], states: list[str]) -> None:
    log = Log()
    pass_on = States(log)
    for event in happened:
        pass_on(event)
    assert [e.state for e in log.events if isinstance(e, StateChanged)] == states
    assert [e for e in log.events if not isinstance(e, StateChanged)] == [
        e for e in happened if not isinstance(e, StateChanged)
    ]
