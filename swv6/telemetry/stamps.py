"""Whose an event is, and when it happened: added here, so that whoever reports one need not know."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple, TypeAlias
from uuid import uuid4

from swv6.telemetry.events import Event, FirstSound, ReplyEnded, ReplyText, TurnBegan, TurnEnded, TurnHeard

CURRENT: ContextVar[int] = ContextVar("turn", default=0)
"""The turn that the task at work belongs to; 0 in the tasks of no turn. Child tasks inherit it."""


class Stamped(NamedTuple):
    """An event with what is true of all of them."""

    event: Event
    session: str
    """One conversation's id."""
    turn: int
    """The turn's number, from 1; 0 before the first. An answer prepared in a pause has that of the turn to come."""
    at: float
    """Seconds on the monotonic clock."""


Listener: TypeAlias = Callable[[Stamped], None]
"""Told every event. Must return quickly; one that raises is told no more."""


_NUMBERED = frozenset((TurnEnded, TurnHeard, ReplyText, FirstSound, ReplyEnded))
_new = tuple.__new__
"""Half the cost of calling the class; without a function in Python, whose code would have to be fetched as well."""


class Stamper:
    """Stamps the events of one conversation, in the order in which they happen."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.session = uuid4().hex[:12]
        self._clock = clock
        self._ended = 0
        """The last turn whose end was decided."""
        self._turn = 0

    @property
    def now(self) -> int:
        """Give the turn of the task that asks, or of what is being heard."""
        return CURRENT.get() or self._turn

    def __call__(self, event: Event) -> Stamped:
        """Stamp one event; those of no task's turn belong to the turn that is being heard or was heard last."""
        kind = type(event)  # `isinstance` would double what all of this costs
        if kind in _NUMBERED:
            turn: int = event.turn  # type: ignore[union-attr]
            if kind is TurnEnded:
                self._turn = self._ended = turn
        else:
            if kind is TurnBegan:
                self._turn = self._ended + 1
            turn = CURRENT.get() or self._turn
        return _new(Stamped, (event, self.session, turn, self._clock()))
