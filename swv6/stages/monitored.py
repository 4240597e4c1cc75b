"""A conversation whose metrics and dashboard are served while it lasts."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from swv6.dashboard.conversation import Conversation as Dashboard
from swv6.dashboard.routes import routes
from swv6.dashboard.running import announced
from swv6.dashboard.sampling import sampled
from swv6.profiles import nvml
from swv6.profiles.settings import Metrics as Where
from swv6.stages.build import Builder
from swv6.telemetry import serving
from swv6.telemetry.access import Access, token
from swv6.telemetry.events import Notice
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.probes import STATES, Reading, Readings, memory


def place(where: Where) -> socket.socket:
    """Take the port of a profile's `metrics`. Raises UsageError."""
    return serving.bound(_access(where), where.port)


def _access(where: Where) -> Access:
    return Access(where.host, token(where.host))


@asynccontextmanager
async def monitored(builder: Builder, at: socket.socket) -> AsyncIterator[None]:
    """Count what happens from now on, and serve it on a bound socket."""
    where = builder.profile.metrics
    assert where is not None
    access = _access(where)
    budget = {stage: getattr(builder.profile.budget, stage) for stage in ("total", "stt", "llm", "tts")}
    metrics, shown = Metrics(budget), Dashboard(budget, where.transcripts)
    probes = (lambda: _chains(builder), lambda: _sound(builder), memory, _cards)
    metrics.registry.register(Readings(*probes))
    builder.report.add("metrics", metrics)
    builder.report.add("dashboard", shown)
    app = serving.application([serving.metrics_route(metrics.registry), *routes(shown.board, access)], access)
    url = serving.address(at)
    async with serving.served(app, at), sampled(shown, probes, lambda: _devices(builder)):
        builder.report(Notice(f"dashboard: {url}"))
        with announced(url):
            try:
                yield
            finally:
                shown.board.close()


def _devices(builder: Builder) -> dict[str, str]:
    """Name the devices in use."""
    keepers = {kind: builder.opened.get((kind, "keeper")) for kind in ("microphone", "speaker")}
    return {kind: keeper.name for kind, keeper in keepers.items() if keeper is not None and keeper.device is not None}


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
