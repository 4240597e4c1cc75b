"""What is looked at when somebody asks, instead of being counted: memory, cards, breakers, queues, lost sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric


class Reading(NamedTuple):
    """One value."""

    name: str
    """One of READINGS."""
    value: float
    labels: tuple[str, ...] = ()


Probe: TypeAlias = Callable[[], Iterable[Reading]]
"""Called in a thread at each scrape."""

READINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "swv6_breaker_state": ("0 closed, 1 half-open, 2 open: the backend is left alone.", ("stage", "backend")),
    "swv6_queue_depth": ("Requests that wait for a stage.", ("stage",)),
    "swv6_audio_overflows_total": ("Blocks of the microphone's sound that were lost.", ()),
    "swv6_resident_memory_bytes": ("Memory of this process.", ()),
    "swv6_machine_memory_bytes": ("Memory of the machine.", ()),
    "swv6_gpu_memory_used_bytes": ("Memory in use on a card, by everybody.", ("gpu",)),
    "swv6_gpu_memory_bytes": ("Memory of a card.", ("gpu",)),
    "swv6_gpu_utilization_ratio": ("Share of the last moment in which a card was at work.", ("gpu",)),
}
"""Name -> (what it is, its labels)."""
STATES = {"closed": 0, "half-open": 1, "open": 2}


class Readings:
    """A collector of probes; one whose machine cannot answer gives nothing."""

    def __init__(self, *probes: Probe) -> None:
        self._probes = probes

    def describe(self) -> Iterator[Metric]:
        """Name what there may be, without looking."""
        return map(_family, READINGS)

    def collect(self) -> Iterator[Metric]:
        """Look."""
        found = {name: _family(name) for name in READINGS}
        for probe in self._probes:
            for reading in probe():
                found[reading.name].add_metric(reading.labels, reading.value)
        return (family for family in found.values() if family.samples)


def _family(name: str) -> CounterMetricFamily | GaugeMetricFamily:
    said, labels = READINGS[name]
    kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
    return kind(name, said, labels=labels)


def memory() -> Iterator[Reading]:
    """Read the memory of this process and of the machine."""
    import psutil

    yield Reading("swv6_resident_memory_bytes", psutil.Process().memory_info().rss)
    yield Reading("swv6_machine_memory_bytes", psutil.virtual_memory().total)
