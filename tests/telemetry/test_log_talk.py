"""What a real conversation writes into its log: every kind of event that it can have, with its ids, and no words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from swv6.telemetry.events import Event
from tests.servers import Script, llm_server

ROOT = Path(__file__).parents[2]
LINES = (
    "Combien font deux heures en minutes ?",
    "Quelle heure est-il ?",
    "Combien font deux heures en minutes ?",
    "Et demain ?",
)


def talked(folder: Path, url: str, down: str) -> tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]:
    """Hold a typed conversation: the first model is down, voices are cached, the clock is a tool."""
    sets = (
        f"llm=[{{openai: {{url: '{down}'}}}}, {{openai: {{url: '{url}', model: test-model}}}}]",
        "tts=[espeak]",
        "tools=[time]",
        "cache.tts={max_bytes: 1 MB, ttl: 1 h}",
        "fallback.failures=2",
        f"speaker=[{{wav: {{file: '{folder / 'said.wav'}', real_time: false}}}}]",
        "log={file: log.jsonl, level: debug}",
    )
    command = [
        sys.executable,
        "-m",
        "swv6",
        "talk",
        "--text",
        "-p",
        "default",
        *(a for s in sets for a in ("--set", s)),
    ]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "OPENAI_API_KEY": "hunter22-secret"}
    done = subprocess.run(
        command, input="\n".join(LINES), capture_output=True, encoding="utf-8", env=env, cwd=folder, check=False
    )
    assert done.returncode == 0, done.stderr
    return done, [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_typed_conversation_is_logged_whole(tmp_path: Path) -> None:
    with llm_server() as server, llm_server() as refusing:
        refusing.script = Script(status=400, message=f"cannot answer {LINES[0]}")
        done, found = talked(tmp_path, server.url, refusing.url)
    names = {line["event"] for line in found}
    assert names >= {
        *("session_began", "session_ended", "turn_ended", "reply_text", "first_sound", "reply_ended"),
        *("stage_began", "stage_first", "stage_ended", "model_loaded", "tool_called", "cache_used"),
        *("fell_back", "breaker_changed", "state_changed"),
    }
    assert {line["hit"] for line in found if line["event"] == "cache_used"} == {True, False}
    assert {line["skipped"] for line in found if line["event"] == "fell_back"} == {True, False}
    assert {line["outcome"] for line in found if line["event"] == "stage_ended"} >= {"ok", "failed"}
    assert len({line["session"] for line in found if "session" in line}) == 1
    by_turn = {n: {line["event"] for line in found if line.get("turn") == n} for n in range(1, len(LINES) + 1)}
    assert all({"turn_ended", "reply_ended"} <= by_turn[n] for n in by_turn)
    typed = [line["typed"] for line in found if line["event"] == "turn_ended"]
    assert typed == [f"({len(line)} characters)" for line in LINES]
    asked = [line for line in found if line.get("turn")]  # the server says so already before it is asked
    everything = json.dumps(asked, ensure_ascii=False)
    assert "cannot answer (what was said)" in everything
    for secret in ("hunter22-secret", "deux heures", "120 minutes", "quelle heure"):
        assert secret not in everything.casefold()
    assert "120 minutes" in done.stdout


def test_every_event_is_reported_by_something_that_talks() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for part in ("stages", "conversation")
        for path in (ROOT / "swv6" / part).rglob("*.py")
    )
    for kind in Event.__args__:
        assert re.search(rf"(?<!case )(?<!case events\.)\b{kind.__name__}(?:\(|,)", sources), kind
