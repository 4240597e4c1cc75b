"""Standing still for a reader in no hurry: how far ahead a model is, and how it goes on."""

from __future__ import annotations

from threading import Condition, Event
from typing import Any

from swv6.plugins.standing import Standstill

_LOOK = 0.1
"""Seconds between two looks at whether anybody still reads."""


class Pace:
    """How far a model is ahead of its reader."""

    ahead = 1
    """Deltas. Those it makes beyond the first clause take the cores from the voice; to stop for a reader that was only
    late, and go on, costs 40-80 ms."""

    def __init__(self, asked: Standstill | None = None) -> None:
        self.asked = asked or Standstill()
        self.given = 0
        self._taken = 0
        self._caught_up = Condition()

    @property
    def behind(self) -> bool:
        """Whether the reader has too much to read, or asks for quiet."""
        return self.asked.wanted or self.given - self._taken > self.ahead

    def gave(self) -> None:
        """Count a delta that was made."""
        self.given += 1

    def took(self) -> None:
        """Count a delta that was read."""
        with self._caught_up:
            self._taken += 1
            self._caught_up.notify_all()

    def wait(self, stop: Event) -> None:
        """Wait until everything was read, or nobody reads any more."""
        self.asked.stands()
        with self._caught_up:
            while (self._taken < self.given or self.asked.wanted) and not stop.is_set():
                self._caught_up.wait(_LOOK)


def continued(body: dict[str, Any], said: str, given: int) -> dict[str, Any]:
    """Ask for the rest of an answer of which `said` (in `given` deltas) is there already."""
    if not said:
        return body
    messages = [*body["messages"], {"role": "assistant", "content": said}]
    return {**body, "messages": messages, "max_tokens": max(1, body["max_tokens"] - given)}
