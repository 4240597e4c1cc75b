"""How far `swv6 cache warm` is, on stderr."""

from __future__ import annotations

from swv6.cli._counting import Counting
from swv6.cli.notices import Notices
from swv6.conversation.warming import Warmed
from swv6.telemetry.events import Event


class Progress(Counting):
    """A bar on a terminal, nothing elsewhere; hands events to those who count and to those who tell."""

    def __init__(self, phrases: int, warmed: Warmed) -> None:
        super().__init__("speaking", phrases)
        self._notices, self._warmed = Notices(), warmed

    def report(self, event: Event) -> None:
        """Take in one event."""
        self._warmed(event)
        self._notices(event)
