"""How each backend is doing: what it was asked, how it ended, its breaker, its cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from swv6.telemetry import events

KINDS = ("stt", "llm", "tts")
MOST = 64
"""Backends that are listed: more than any profile names."""


@dataclass(slots=True)
class Backend:
    """One backend of a chain."""

    kind: str
    name: str
    breaker: str = "closed"
    ok: int = 0
    failed: int = 0
    cancelled: int = 0
    passed: int = 0
    """Times it was passed over."""
    hits: int = 0
    misses: int = 0
    load: float | None = None
    """Seconds that opening it took."""


class Backends:
    """Every backend that an event or a chain has named."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], Backend] = {}

    def of(self, kind: str, name: str) -> Backend:
        """Give a backend's row."""
        row = self._rows.get((kind, name))
        if row is None:
            row = Backend(kind, name)
            if len(self._rows) < MOST:
                self._rows[kind, name] = row
        return row

    def ended(self, event: events.StageEnded) -> None:
        """Count an answer; `outcome` is the name of its counter."""
        row = self.of(event.kind, event.backend)
        setattr(row, event.outcome, getattr(row, event.outcome) + 1)

    def fell_back(self, event: events.FellBack) -> None:
        """Count a backend that was passed over."""
        self.of(event.kind, event.backend).passed += 1

    def asked_cache(self, event: events.CacheUsed) -> None:
        """Count a question to a cache."""
        row = self.of(event.kind, event.backend)
        if event.hit:
            row.hits += 1
        else:
            row.misses += 1

    def loaded(self, event: events.ModelLoaded) -> None:
        """Note what opening it took."""
        self.of(event.kind, event.backend).load = round(event.seconds, 2)

    def breaker(self, kind: str, name: str, state: str) -> bool:
        """Note a breaker's state; False when it was known."""
        known = (kind, name) in self._rows
        row = self.of(kind, name)
        before, row.breaker = row.breaker, state
        return not known or before != state

    def shown(self) -> list[dict[str, Any]]:
        """Give the rows of the chains, in their order; devices fall back too, and are no stages."""
        rows = [row for row in self._rows.values() if row.kind in KINDS]
        names = Backend.__dataclass_fields__
        rows.sort(key=lambda row: KINDS.index(row.kind))
        return [{name: getattr(row, name) for name in names} for row in rows]
