"""The only file that knows OpenTelemetry: where spans go, and that what is left of them is sent at the end."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
import anyio.to_thread
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from plugins_builtin.otel.options import OtelOptions
from plugins_builtin.otel.traces import Traces
from swv6.plugins import BackendError, Listener, behind

PATIENCE = 3.0
"""Seconds that a collector may take, where OTEL_EXPORTER_OTLP_TIMEOUT says nothing; nobody waits longer at the end."""
_log = logging.getLogger("swv6.otel")


@asynccontextmanager
async def open_traces(options: OtelOptions) -> AsyncIterator[Listener]:
    """Send what happens to a collector; what is left is sent at the end.

    Raises BackendError for a protocol that is not spoken here.
    """
    if os.environ.get("OTEL_TRACES_EXPORTER", "otlp") == "none":
        yield lambda stamped: None
        return
    exporter = _exporter()
    processor = BatchSpanProcessor(exporter)
    provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    traces = Traces(provider.get_tracer("swv6"))
    with _told_once():
        try:
            with behind(traces) as told:
                yield told
        finally:
            traces.close()
            await _flushed(processor, exporter)


def _exporter() -> OTLPSpanExporter:
    protocol = _first("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL") or "http/protobuf"
    if protocol != "http/protobuf":
        raise BackendError(
            f"otel: {protocol} is not spoken, only http/protobuf", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"
        )
    timeout = _first("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT")
    return OTLPSpanExporter(timeout=None if timeout else PATIENCE, session=_session())


def _session() -> Any:
    """Go past the proxies of the environment unless a host is named: nothing leaves the machine by itself."""
    if _first("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        return None
    import requests

    session = requests.Session()
    session.trust_env = False
    return session


def _first(*names: str) -> str:
    return next((value for name in names if (value := os.environ.get(name, ""))), "")


def _resource() -> Resource:
    """Call this service swv6, unless the environment calls it something else."""
    named = "OTEL_SERVICE_NAME" in os.environ or "service.name" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    return Resource.create({} if named else {"service.name": "swv6"})


async def _flushed(processor: BatchSpanProcessor, exporter: OTLPSpanExporter) -> None:
    """Send what is left; a collector that does not answer is given up."""
    with anyio.CancelScope(shield=True):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_given_up, exporter)
            await anyio.to_thread.run_sync(processor.shutdown)
            tasks.cancel_scope.cancel()


async def _given_up(exporter: OTLPSpanExporter) -> None:
    await anyio.sleep(PATIENCE)
    give_up: Any = exporter.shutdown
    give_up()  # it stops waiting between two attempts


@contextmanager
def _told_once() -> Iterator[None]:
    """Log in one line what the library complains of, once."""
    library = logging.getLogger("opentelemetry")
    handler = _Once()
    before, library.propagate = library.propagate, False
    library.addHandler(handler)
    try:
        yield
    finally:
        library.removeHandler(handler)
        library.propagate = before


class _Once(logging.Handler):
    """Passes the first warning on; the others are for those who debug."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one on."""
        lines = record.getMessage().splitlines() or [""]
        _log.log(logging.DEBUG if self._told else logging.WARNING, "traces: %s", lines[0])
        self._told = True
