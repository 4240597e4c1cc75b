"""A conversation whose metrics are served while it lasts."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from swv6.profiles import nvml
from swv6.profiles.settings import Metrics as Where
from swv6.stages.build import Builder
from swv6.telemetry import serving
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.probes import STATES, Reading, Readings, memory


def place(where: Where) -> socket.socket:
    """Take the port of a profile's `metrics`. Raises UsageError."""
    return serving.bound(where.host, where.port, os.environ.get(serving.TOKEN, ""))


@asynccontextmanager
async def monitored(builder: Builder, at: socket.socket) -> AsyncIterator[None]:
    """Count what happens from now on, and serve it on a bound socket."""
    budget = builder.profile.budget
    metrics = Metrics({stage: getattr(budget, stage) for stage in ("total", "stt", "llm", "tts")})
    metrics.registry.register(Readings(lambda: _chains(builder), lambda: _sound(builder), memory, _cards))
    builder.report.add("metrics", metrics)
    app = serving.application([serving.metrics_route(metrics.registry)], os.environ.get(serving.TOKEN, ""))
    async with serving.served(app, at):
        yield


def _chains(builder: Builder) -> Iterator[Reading]:
    for kind, chain in tuple(builder.chains.items()):
        yield Reading("swv6_queue_depth", chain.waiting(), (kind,))
        for link in chain.links:
            yield Reading("swv6_breaker_state", STATES[link.breaker.state], (kind, link.name))


def _sound(builder: Builder) -> Iterator[Reading]:
    keeper = builder.opened.get(("microphone", "keeper"))
    if keeper is not None:
        yield Reading("swv6_audio_overflows_total", getattr(keeper.device, "dropped", 0))


def _cards() -> Iterator[Reading]:
    for each in nvml.usage():
        at = (str(each.card),)
        yield Reading("swv6_gpu_memory_used_bytes", each.used, at)
        yield Reading("swv6_gpu_memory_bytes", each.memory, at)
        yield Reading("swv6_gpu_utilization_ratio", each.busy, at)
