"""Traces: one a turn, a span a stage; sent to a collector, flushed at the end, silent about what was said."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from plugins_builtin.otel.engine import open_traces
from plugins_builtin.otel.options import OtelOptions
from plugins_builtin.otel.traces import OPEN, Traces
from swv6.errors import BackendError, MissingExtra
from swv6.models.store import Store
from swv6.plugins import Stamped
from swv6.plugins.manager import installed
from swv6.profiles import resolve
from swv6.stages.listeners import attended
from swv6.stages.listening import Fanout
from swv6.telemetry import events

pytestmark = pytest.mark.anyio
SAID = "le code du coffre est douze"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)


def conversation() -> list[events.Event]:
    """Give what two turns report: a backend that fails, a cache that knows, speech over the answer."""
    return [
        events.ModelLoaded("stt", "prism", 1.5),
        events.SessionBegan("default", "fr"),
        events.TurnBegan(0.5),
        events.HeardSoFar(SAID),
        events.StageBegan("stt", "prism"),
        events.StageEnded("stt", "prism", 0.2, 0.3, "ok"),
        events.TurnEnded(1, 0.4),
        events.Guessed(adopted=True),
        events.TurnHeard(1, SAID, "prism", 0.3),
        events.StageEnded("llm", "openai", None, 0.1, "failed"),
        events.FellBack("llm", "openai", f"cannot answer {SAID}"),
        events.ToolCalled("clock", "ok", 0.01),
        events.StageEnded("llm", "xllamacpp", 0.2, 0.4, "ok"),
        events.CacheUsed("tts", "kokoro", hit=True),
        events.CacheUsed("tts", "kokoro", hit=False),
        events.StageEnded("tts", "kokoro", 0.1, 0.2, "ok"),
        events.FirstSound(1, 0.6, 1.0, thinking=True),
        events.TurnBegan(3.0),
        events.BargedIn(interrupted=True, text=SAID),
        events.ReplyEnded(1, SAID, "interrupted", 0.3, 0.2, 0.1, 0.6),
        events.TurnEnded(2, 0.4),
        events.StageEnded("tts", "kokoro", None, 0.3, "cancelled"),
        events.ReplyEnded(2, "", "failed", 0.3, 0.2, 0.1, 0.6),
        events.SessionEnded(),
    ]


def tell(listener: Any) -> None:
    """Report a conversation."""
    fanout = Fanout(events.nobody)
    fanout.add("otel", listener)
    for event in conversation():
        fanout(event)


def spans() -> tuple[ReadableSpan, ...]:
    """Give the spans of a conversation, as they would be exported."""
    memory, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(memory))
    traces = Traces(provider.get_tracer("test"))
    tell(traces)
    traces.close()
    return memory.get_finished_spans()


async def test_one_trace_a_turn_and_a_span_a_stage() -> None:
    found = spans()
    roots = {int(str(span.attributes["swv6.turn"])): span for span in found if span.parent is None and span.attributes}
    assert [roots[n].name for n in sorted(roots)] == ["start", "turn", "turn"]
    assert len({span.context.trace_id for span in found if span.context}) == 3

    def inside(turn: int) -> list[tuple[str, dict[str, Any]]]:
        root = roots[turn].context
        assert root
        own = [s for s in found if s.parent and s.parent.span_id == root.span_id]
        return [(s.name, {k.removeprefix("swv6."): v for k, v in (s.attributes or {}).items()}) for s in own]

    assert inside(0) == [("load", {"backend": "prism", "stage": "stt"})]
    assert inside(1) == [
        ("stt", {"backend": "prism", "outcome": "ok"}),
        ("llm", {"backend": "openai", "outcome": "failed"}),
        ("tool", {"tool": "clock", "outcome": "ok"}),
        ("llm", {"backend": "xllamacpp", "outcome": "ok", "fallback_from": "openai"}),
        ("tts", {"backend": "kokoro", "outcome": "ok", "cache": "hit"}),
        ("tts", {"backend": "kokoro", "outcome": "ok", "cache": "miss"}),
    ]
    marks = [(event.name, dict(event.attributes or {})) for event in roots[1].events]
    assert marks[0] == ("endpoint", {"silence": 0.4})
    assert ("fallback", {"kind": "llm", "backend": "openai", "skipped": False}) in marks
    assert (roots[1].attributes or {})["swv6.outcome"] == "interrupted"
    assert not roots[2].status.is_ok
    assert SAID not in "".join(span.to_json() for span in found)


async def test_spans_last_as_long_as_stages_did() -> None:
    span = next(s for s in spans() if s.name == "llm" and s.status.is_ok)
    assert span.end_time is not None
    assert span.start_time is not None
    assert abs(span.end_time - span.start_time - 400_000_000) < 1000
    assert abs(span.events[0].timestamp - span.start_time - 200_000_000) < 1000


async def test_only_the_last_turns_are_remembered() -> None:
    traces = Traces(TracerProvider(shutdown_on_exit=False).get_tracer("test"))
    for turn in range(1, 100):
        traces(Stamped(events.TurnEnded(turn), "s", turn, monotonic()))
    assert len(traces._turns) == OPEN


@dataclass
class Collector:
    """What was posted."""

    url: str
    requests: list[tuple[str, dict[str, str], ExportTraceServiceRequest]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Name the spans."""
        every = (s for _, _, r in self.requests for one in r.resource_spans for s in one.scope_spans)
        return [span.name for scope in every for span in scope.spans]


@contextmanager
def collector() -> Iterator[Collector]:
    """Take OTLP over HTTP, as a collector does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            taken.requests.append((self.path, dict(self.headers), body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        taken = Collector(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield taken
        finally:
            server.shutdown()


async def attending(set_: tuple[str, ...] = ()) -> None:
    """Hold a conversation with the listeners of a profile and of the environment."""
    fanout = Fanout(events.nobody)
    async with attended(fanout, resolve("offline-test", set_), Store(), live=True):
        for event in conversation():
            fanout(event)


@pytest.mark.parametrize("asked", ["profile", "environment"])
async def test_a_collector_gets_everything_by_the_end(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as taken:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", taken.url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=me")
        monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test")
        await attending(("listeners=[otel]",) if asked == "profile" else ())
    path, headers, body = taken.requests[0]
    assert (path, headers["x-tenant"]) == ("/v1/traces", "me")
    about = {a.key: a.value.string_value for a in body.resource_spans[0].resource.attributes}
    assert (about["service.name"], about["deployment.environment"]) == ("swv6", "test")
    assert sorted(taken.names) == sorted(span.name for span in spans())
    assert SAID.encode() not in b"".join(request.SerializeToString() for _, _, request in taken.requests)


async def test_nothing_is_sent_unless_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    fanout = Fanout(events.nobody)
    async with attended(fanout, resolve("offline-test"), Store(), live=True):
        assert not fanout._guests
    with collector() as taken:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", taken.url)
        for name, value in (("OTEL_TRACES_EXPORTER", "none"), ("OTEL_SDK_DISABLED", "true")):
            monkeypatch.setenv(name, value)
            await attending()
            monkeypatch.delenv(name)
        assert not taken.requests
        monkeypatch.setenv("HTTP_PROXY", taken.url)  # the default endpoint is this machine, whatever proxies there are
        monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.2")
        await attending(("listeners=[otel]",))
        assert not taken.requests


async def test_a_collector_that_is_down_costs_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.2")
    with caplog.at_level(logging.WARNING):
        await attending()
    assert [record.name for record in caplog.records] == ["swv6.otel"]


async def test_another_protocol_is_refused(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
    with pytest.raises(BackendError, match="only http/protobuf"):
        async with open_traces(OtelOptions()):
            pass
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    await attending()  # only the environment asks: the conversation goes on without
    assert "the environment asks for otel" in caplog.text


async def test_without_its_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from swv6.plugins import offers

    monkeypatch.setattr(offers, "_importable", lambda name: False)
    with pytest.raises(MissingExtra) as raised:
        installed().backends("listener")["otel"].check()
    assert raised.value.hint == 'pip install "swv6[otel]"'
