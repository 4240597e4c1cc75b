"""What the machine is doing, looked at every few seconds by the same probes that metrics ask."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from swv6.telemetry.probes import Reading

EVERY = 5.0
"""Seconds between two looks."""
KEPT = 120
"""Looks that are kept: ten minutes."""
SINGLE = {
    "swv6_resident_memory_bytes": "rss",
    "swv6_machine_memory_bytes": "memory",
    "swv6_audio_overflows_total": "overflows",
}
CARD = {
    "swv6_gpu_memory_used_bytes": "used",
    "swv6_gpu_memory_bytes": "memory",
    "swv6_gpu_utilization_ratio": "busy",
}


@dataclass(slots=True)
class Machine:
    """The last readings."""

    values: dict[str, float] = field(default_factory=dict)
    cards: dict[str, dict[str, float]] = field(default_factory=dict)
    queues: dict[str, float] = field(default_factory=dict)
    history: deque[int] = field(default_factory=lambda: deque(maxlen=KEPT))
    """Bytes of this process, every EVERY seconds."""

    def take(self, readings: Iterable[Reading]) -> None:
        """Take in one look."""
        for reading in readings:
            if reading.name in SINGLE:
                self.values[SINGLE[reading.name]] = reading.value
            elif reading.name in CARD:
                self.cards.setdefault(reading.labels[0], {})[CARD[reading.name]] = reading.value
            elif reading.name == "swv6_queue_depth":
                self.queues[reading.labels[0]] = reading.value
        if "rss" in self.values:
            self.history.append(int(self.values["rss"]))

    def shown(self) -> dict[str, Any]:
        """Give what the page draws."""
        cards = [{"card": name, **values} for name, values in sorted(self.cards.items())]
        return {**self.values, "cards": cards, "queues": self.queues, "every": EVERY, "history": list(self.history)}
