"""Offers OpenTelemetry traces of conversations, sent where the standard OTEL_* variables say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import Listener


@hookimpl
def swv6_listener() -> Iterable[Backend[Listener]]:
    yield Backend(
        "otel",
        "OpenTelemetry: one trace a turn, a span a stage, over OTLP/HTTP.",
        open="plugins_builtin.otel.engine:open_traces",
        options="plugins_builtin.otel.options:OtelOptions",
        requires=("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http"),
        install='pip install "swv6[otel]"',
        environment=("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    )
