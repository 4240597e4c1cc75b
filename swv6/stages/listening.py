"""One report to many listeners; a listener that raises is dropped, never felt by a stage."""

from __future__ import annotations

import logging

from swv6.telemetry.events import Event, Report
from swv6.telemetry.stamps import Listener, Stamper

log = logging.getLogger("swv6.listening")


class Fanout:
    """A Report that tells its first listener each event as it is, and every other one with its stamp."""

    def __init__(self, first: Report, stamp: Stamper | None = None) -> None:
        self.stamp = stamp or Stamper()
        self._first = first
        self._guests: dict[str, Listener] = {}

    def add(self, name: str, listener: Listener) -> None:
        """Let a listener hear every event from now on."""
        self._guests = {**self._guests, name: listener}

    def __call__(self, event: Event, /) -> None:
        """Tell everyone."""
        self._first(event)
        if not self._guests:
            return
        stamped = self.stamp(event)
        for name, listener in self._guests.items():
            try:
                listener(stamped)
            except Exception as error:  # noqa: BLE001 - a plugin's border
                log.warning("the listener %s failed and is told no more: %s: %s", name, type(error).__name__, error)
                self._guests = {other: guest for other, guest in self._guests.items() if other != name}
