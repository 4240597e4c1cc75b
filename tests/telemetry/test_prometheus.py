"""The shipped alerts: checked and tested by promtool, and fired by a real Prometheus that scrapes a real run."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio import to_thread

from swv6.conversation.loop import Conversation
from swv6.conversation.session import open_session
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.monitored import monitored, place
from swv6.telemetry.events import nobody
from swv6.telemetry.metrics import Metrics
from swv6.telemetry.probes import READINGS
from tests.conftest import needs
from tests.servers import LLMServer, Script, llm_server

MONITORING = Path(__file__).parents[2] / "docs" / "monitoring"
RULES = MONITORING / "swv6.rules.yaml"


def program(name: str) -> str:
    """Find one of Prometheus's programs."""
    found = shutil.which(name)
    if found is None:
        needs(f"{name} is missing: apt-get install prometheus")
    return str(found)


@pytest.mark.parametrize("command", [("check", "rules", RULES.name), ("test", "rules", "swv6.rules.test.yaml")])
def test_promtool_accepts_the_rules(command: tuple[str, ...]) -> None:
    done = subprocess.run([program("promtool"), *command], cwd=MONITORING, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def queries() -> Iterator[str]:
    """Give every query of the alerts and of the dashboard."""
    yield from re.findall(r"expr: (.*?)\n +for:", RULES.read_text(encoding="utf-8"), re.DOTALL)
    dashboard = json.loads((MONITORING / "grafana.json").read_text(encoding="utf-8"))
    panels = dashboard["panels"]
    assert len(panels) >= 8
    for panel in panels:
        for target in panel["targets"]:
            yield target["expr"]


def test_queries_name_only_metrics_that_exist() -> None:
    families = {family.name: family.type for family in Metrics({"total": 1.0}).registry.collect()}
    known = set(READINGS)
    for name, kind in families.items():
        ends = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(kind, [""])
        known |= {name + end for end in ends}
    for query in queries():
        used = set(re.findall(r"swv6_\w+", query))
        assert used, query
        assert used <= known, query


def fetched(url: str) -> Any:
    """Give what a server answers, or None while it does not."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def until(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something is so; False when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.1)
    return False


@contextmanager
def prometheus(folder: Path, target: int) -> Iterator[str]:
    """Run a server that scrapes and judges four times a second, by the shipped rules made as impatient."""
    rules = re.sub(r"for: \w+", "for: 0s", RULES.read_text(encoding="utf-8"))
    (folder / "rules.yaml").write_text(re.sub(r"\[\d+m\]", "[3s]", rules), encoding="utf-8")
    (folder / "prometheus.yml").write_text(
        "global: {scrape_interval: 250ms, scrape_timeout: 250ms, evaluation_interval: 250ms}\n"
        "rule_files: [rules.yaml]\n"
        f"scrape_configs: [{{job_name: swv6, static_configs: [{{targets: ['127.0.0.1:{target}']}}]}}]\n",
        encoding="utf-8",
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program("prometheus"), f"--config.file={folder / 'prometheus.yml'}"]
    command += [f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            yield f"http://127.0.0.1:{port}/api/v1"
        finally:
            server.terminate()


def firing(api: str) -> set[str]:
    """Name the alerts that fire."""
    found = fetched(f"{api}/alerts") or {"data": {"alerts": []}}
    return {alert["labels"]["alertname"] for alert in found["data"]["alerts"] if alert["state"] == "firing"}


def value(api: str, query: str) -> float:
    """Ask for one number; 0 while there is none."""
    found = fetched(f"{api}/query?query={query}")
    return float(found["data"]["result"][0]["value"][1]) if found and found["data"]["result"] else 0.0


async def conversation(server: LLMServer, port: int, lines: Callable[[], AsyncIterator[str]], folder: Path) -> None:
    """Hold a typed conversation that is spoken into a file, with a model behind real HTTP."""
    overrides = [
        f"llm=[{{openai: {{url: '{server.url}', model: test-model}}}}]",
        "tts=[espeak]",
        f"speaker=[{{wav: {{file: '{folder / 'said.wav'}', real_time: false}}}}]",
        "budget={total: 0.4}",
        f"metrics={{port: {port}}}",
    ]
    profile = resolve("default", overrides)
    assert profile.metrics is not None
    async with (
        build(profile, Store(), nobody) as builder,
        monitored(builder, place(profile.metrics)),
        open_session(builder, typed=True) as session,
    ):
        await Conversation(session, session.history()).answer_lines(lines())


@pytest.mark.anyio
async def test_an_alert_fires_when_a_stage_is_slowed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with llm_server(Script(deltas=("Oui.",))) as server, prometheus(tmp_path, port) as api:
        seen = dict[str, bool]()

        async def lines() -> AsyncIterator[str]:
            for _ in range(3):
                yield "Il fait beau ?"
            seen["scraped"] = await to_thread.run_sync(until, lambda: value(api, "swv6_turns_total") == 3)
            await anyio.sleep(1)
            seen["quiet"] = "Swv6OverBudget" not in firing(api)
            server.script = replace(server.script, wait=0.8)  # twice the budget of the whole answer
            for _ in range(4):
                yield "Et demain ?"
            seen["fires"] = await to_thread.run_sync(until, lambda: "Swv6OverBudget" in firing(api))

        await conversation(server, port, lines, tmp_path)
        assert seen == {"scraped": True, "quiet": True, "fires": True}, (tmp_path / "log").read_text(encoding="utf-8")
