"""One report to many listeners; a listener that raises is dropped, never felt by a stage."""

from __future__ import annotations

import logging

from swv6.telemetry.events import Event, Report

log = logging.getLogger("swv6.listening")


class Fanout:
    """A Report that calls each of its listeners in order."""

    def __init__(self, first: Report) -> None:
        self._first = first
        self._guests: dict[str, Report] = {}

    def add(self, name: str, listener: Report) -> None:
        """Let a plugin's listener hear every event from now on."""
        self._guests[name] = listener

    def __call__(self, event: Event, /) -> None:
        """Tell everyone."""
        self._first(event)
        for name, listener in list(self._guests.items()):
            try:
                listener(event)
            except Exception as error:  # noqa: BLE001 (a plugin border)
                log.warning("the listener %s failed and is told no more: %s: %s", name, type(error).__name__, error)
                del self._guests[name]
