"""Events -> what the conversation is doing: one word at any moment."""

from __future__ import annotations

from swv6.telemetry.events import (
    Asleep,
    Awake,
    BargedIn,
    Event,
    FirstSound,
    Keyed,
    ReplyEnded,
    Report,
    StateChanged,
    TurnBegan,
    TurnEnded,
)


class States:
    """Pass every event on to `report`, and say after it when the state has changed."""

    def __init__(self, report: Report) -> None:
        self.state = "listening"
        self._report = report
        self._turn = 0
        self._reply = ""
        """`thinking` or `speaking` while a turn is answered, whoever speaks meanwhile."""

    def __call__(self, event: Event, /) -> None:
        """Take in one event."""
        self._report(event)
        before, self.state = self.state, self._after(event)
        if self.state != before and not isinstance(event, StateChanged):
            self._report(StateChanged(self.state))

    def _after(self, event: Event) -> str:
        match event:
            case StateChanged(state):
                return state
            case Asleep():
                return "asleep"
            case Awake():
                return "listening"
            case TurnBegan() | Keyed(down=True):
                return "hearing"
            case BargedIn(interrupted=False) | Keyed(down=False):
                return self._reply or "listening"
            case TurnEnded(turn):
                self._turn, self._reply = turn, "thinking"
                return "thinking"
            case FirstSound(turn) if turn == self._turn:
                return self._replying("speaking")
            case ReplyEnded(turn) if turn == self._turn:
                return self._replying("")
            case _:
                return self.state

    def _replying(self, how: str) -> str:
        """A reply goes on unseen behind somebody who speaks over it."""
        self._reply = how
        return self.state if self.state == "hearing" else how or "listening"
