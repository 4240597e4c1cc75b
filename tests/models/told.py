"""A progress that tests can look into."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Told:
    """A progress that counts, repeats what it is told on stdout, and can make trouble."""

    def __init__(self, trouble: Callable[[int], None] = lambda received: None) -> None:
        self.expected = self.received = 0
        self._trouble, self._lock = trouble, threading.Lock()

    def expect(self, size: int, /) -> None:
        self.expected += size

    def advance(self, size: int, /) -> None:
        with self._lock:
            self.received += size
        self._trouble(self.received)

    def say(self, text: str, /) -> None:
        print(text, flush=True)
