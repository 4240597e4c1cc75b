"""Counting what happens; the port; who may read it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from swv6.errors import UsageError
from swv6.stages.listening import Fanout
from swv6.telemetry import events, serving
from swv6.telemetry.access import Access
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.probes import Reading, Readings, memory

pytestmark = pytest.mark.anyio
BUDGET = {"total": 1.25, "stt": 0.4, "llm": 0.5, "tts": 0.2}


def scraped(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Give (name, sorted values of labels...) -> value, as a scrape would."""
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    return {(s.name, *sorted(s.labels.values())): s.value for family in families for s in family.samples}


def told(*what: events.Event) -> dict[tuple[str, ...], float]:
    """Scrape after these events."""
    metrics, report = Metrics(BUDGET), Fanout(events.nobody)
    report.add("metrics", metrics)
    for event in what:
        report(event)
    return scraped(metrics)


async def test_a_turn_is_counted() -> None:
    found = told(
        events.TurnEnded(1, 0.4),
        events.StageFirst("llm", "openai", 0.3),
        events.StageEnded("llm", "openai", 0.3, 0.9, "ok"),
        events.FirstSound(1, 1.2, 1.6, thinking=True),
        events.ReplyEnded(1, "Oui.", "ok", 0.1, 0.2, 0.3, 1.2),
    )
    assert found["swv6_turns_total",] == found["swv6_replies_total", "ok"] == 1
    assert found["swv6_stage_requests_total", "llm", "ok", "openai"] == 1
    assert found["swv6_response_seconds_bucket", "1.0"] == 0
    assert found["swv6_response_seconds_bucket", "1.25"] == 1  # the budget is a bucket's end
    assert found["swv6_voice_to_voice_seconds_sum",] == 1.6
    assert found["swv6_stage_first_item_seconds_sum", "llm", "openai"] == 0.3


async def test_what_goes_wrong_is_counted_without_its_words() -> None:
    found = told(
        events.FellBack("llm", "openai", "a reason with the user's own words"),
        events.DeviceLost("microphone", "unplugged by hand"),
        events.ToolCalled("timer", "late", 3.0),
        events.Guessed(adopted=False),
    )
    assert found["swv6_fallbacks_total", "false", "llm", "openai"] == 1
    assert (found["swv6_device_lost", "microphone"], found["swv6_device_lost", "speaker"]) == (1, 0)
    assert not [key for key in found if "words" in str(key) or "unplugged" in str(key)]


async def test_a_typed_question_has_no_voice_to_voice_time() -> None:
    assert told(events.FirstSound(1, 0.5, 0.0, thinking=False))["swv6_voice_to_voice_seconds_count",] == 0


async def test_memory_is_read() -> None:
    metrics = Metrics(BUDGET)
    metrics.registry.register(Readings(memory, lambda: [Reading("swv6_breaker_state", 2, ("llm", "a"))]))
    found = scraped(metrics)
    assert 1e6 < found["swv6_resident_memory_bytes",] < found["swv6_machine_memory_bytes",]
    assert found["swv6_breaker_state", "a", "llm"] == 2


async def test_other_machines_need_a_token() -> None:
    with pytest.raises(UsageError, match="SWV6_METRICS_TOKEN"):
        serving.bound(Access("0.0.0.0"), 0)
    with serving.bound(Access("0.0.0.0", "secret"), 0):
        pass


async def test_a_port_in_use_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="cannot listen on"):
        serving.bound(Access(), taken.getsockname()[1])


@asynccontextmanager
async def _client(token: str = "") -> AsyncIterator[httpx.AsyncClient]:
    at = serving.bound(Access(), 0)
    app = serving.application([serving.metrics_route(Metrics(BUDGET).registry)], Access(token=token))
    async with serving.served(app, at):
        url = f"http://127.0.0.1:{at.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            yield client


async def test_metrics_are_served_on_the_loop_of_the_conversation() -> None:
    async with _client() as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert 'swv6_budget_seconds{stage="total"} 1.25' in answer.text


async def test_who_has_no_token_sees_nothing() -> None:
    async with _client("secret") as client:
        without, wrong, right = [
            await client.get("/metrics", headers=headers)
            for headers in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Bearer secret"})
        ]
    assert [answer.status_code for answer in (without, wrong, right)] == [401, 401, 200]
    assert "swv6" not in without.text + wrong.text
