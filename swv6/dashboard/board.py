"""What the page shows, in sections written when somebody looks; who is slow misses what was in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anyio import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

WATCHERS = 16
"""Pages that may look at once; each costs one task, and one copy of every section it has not read yet."""


class Board:
    """Sections and their versions. Everything happens on one loop: no locks."""

    def __init__(self) -> None:
        self.closed = Event()
        """Nothing follows."""
        self.watchers = 0
        self._looks: dict[str, Callable[[], object]] = {}
        self._versions: dict[str, int] = {}
        self._written: dict[str, tuple[int, bytes]] = {}
        self._aging = set[str]()
        self._changed = Event()

    def show(self, name: str, look: Callable[[], object], aging: bool = False) -> None:
        """Add a section, or take another look at one: `look` gives what JSON can hold.

        One that is `aging` is looked at again for each who reads it: it says how long something has gone on.
        """
        self._looks[name] = look
        if aging:
            self._aging.add(name)
        self._versions.setdefault(name, 0)
        self.touch(name)

    def touch(self, *names: str) -> None:
        """Say that sections are not what they were."""
        for name in names:
            self._versions[name] += 1
        if self.watchers:
            self._changed.set()

    async def news(self, seen: dict[str, int]) -> dict[str, bytes]:
        """Wait for sections whose versions are not in `seen`, note them there and give them; nothing once closed."""
        while not self.closed.is_set():
            new = [name for name, version in self._versions.items() if seen.get(name) != version]
            if new:
                seen.update({name: self._versions[name] for name in new})
                return {name: self._read(name) for name in new}
            if self._changed.is_set():
                self._changed = Event()
            await self._changed.wait()
        return {}

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count somebody who looks."""
        self.watchers += 1
        try:
            yield
        finally:
            self.watchers -= 1

    def close(self) -> None:
        """End every stream."""
        self.closed.set()
        self._changed.set()

    def _read(self, name: str) -> bytes:
        """Write a section once for all who look, unless it ages."""
        version, written = self._written.get(name, (-1, b""))
        if version != self._versions[name] or name in self._aging:
            version = self._versions[name]
            written = json.dumps(self._looks[name](), ensure_ascii=False, separators=(",", ":")).encode()
            self._written[name] = version, written
        return written
