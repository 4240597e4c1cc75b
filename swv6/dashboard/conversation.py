"""One conversation on a board: everything the page shows of it, none of which grows with the number of turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from swv6.dashboard.backends import Backends
from swv6.dashboard.board import Board
from swv6.dashboard.devices import Devices
from swv6.dashboard.doing import DOING
from swv6.dashboard.machine import Machine
from swv6.dashboard.moment import Counts, Moment
from swv6.dashboard.timeline import Timeline
from swv6.dashboard.turns import Turns
from swv6.telemetry.stamps import Stamped

STAGES = ("total", "stt", "llm", "tts")
"""What the budget knows; `voice`, from the last speech to the first sound, has none."""


class Conversation:
    """A listener that keeps a board."""

    def __init__(self, budget: Mapping[str, float], transcripts: bool, clock: Callable[[], float] = monotonic) -> None:
        """Judge against a budget in seconds; with `transcripts`, what is said is on the board."""
        self.moment: Moment = Moment(budget, transcripts)
        self.counts: Counts = Counts()
        self.turns: Turns = Turns(transcripts)
        self.backends: Backends = Backends()
        self.devices, self.machine = Devices(), Machine()
        self.times = {name: Timeline() for name in (*STAGES, "voice")}
        self.began = clock()
        """When the conversation began, on the clock."""
        self.ended: float | None = None
        """When it ended."""
        self.level = 0.0
        """Of the microphone, 0..1."""
        self.board = Board()
        sections: dict[str, Callable[[], object]] = {
            "now": lambda: self.moment.shown((clock() if self.ended is None else self.ended) - self.began),
            "level": lambda: round(self.level, 4),
            "turns": self.turns.shown,
            "series": self._series,
            "counts": self.counts.shown,
            "backends": self.backends.shown,
            "devices": self.devices.shown,
            "machine": self.machine.shown,
        }
        for name, look in sections.items():
            self.board.show(name, look, aging=name == "now")

    def __call__(self, stamped: Stamped) -> None:
        """Take in one event."""
        found = DOING.get(type(stamped.event))
        if found is not None:
            do, sections = found
            do(self, stamped.event, stamped)
            self.board.touch(*sections)

    def incident(self, stamped: Stamped, what: str, **about: object) -> None:
        """List what went wrong, without its words: they may be the user's."""
        self.counts.incidents.append({"at": round(stamped.at - self.began, 1), "what": what, **about})

    def _series(self) -> dict[str, Any]:
        return {name: line.shown() for name, line in self.times.items()}
