"""A person watches a real `swv6 talk` through `swv6 dashboard`, in Debian's Chromium.

The microphone is the demo's two recorded questions, heard by the real voice activity detector, answered by espeak; only
the recogniser and the language model are a server of ours that speaks real HTTP, so that the run takes seconds.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.dashboard.browser import Browser, browser
from tests.servers import Script, llm_server

AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
SECRET = "Bonjour, je m'appelle Camille."
FOCUSED = """
const e = document.activeElement, s = getComputedStyle(e);
const name = e.id || (e.matches(".wide") ? e.getAttribute("aria-labelledby") : e.className) || e.tagName.toLowerCase();
return [name, s.outlineStyle, s.outlineWidth];
"""
STATES = ["listening", "hearing", "thinking", "speaking"]
WATCH = """
window.states = [];
new MutationObserver(() => {
  const state = document.querySelector("#states").dataset.state;
  if (window.states.at(-1) !== state) window.states.push(state);
}).observe(document.querySelector("#states"), {attributes: true});
"""


def free() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def program(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `swv6` with its notes about what runs in a folder of the test's."""
    environment = {**os.environ, "SWV6_RUNNING": str(folder / "running"), "PYTHONIOENCODING": "utf-8"}
    environment["SWV6_SESSIONS"] = str(folder / "sessions.db")
    command = [sys.executable, "-m", "swv6", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def talk(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Hold the demo's conversation."""
    script = Script(transcript={"text": SECRET}, deltas=("Deux heures", " font", " 120 minutes", "."), wait=0.6)
    with llm_server(script) as server:
        sets = (
            f"stt=[{{openai: {{url: '{server.url}'}}}}]",
            f"llm=[{{openai: {{url: '{server.url}'}}}}]",
            "tts=[espeak]",
            "budget={total: 0.3}",
        )
        options = [part for text in sets for part in ("--set", text)]
        with program(folder, "talk", "-p", "demo", "--yes", "--metrics", str(port), *options) as process:
            yield process


def requested(page: Browser) -> set[str]:
    """Give the origin of every address that was asked for, but by the empty tab that Chromium begins with."""
    urls = [each["request"]["url"] for each in page.heard("Network.requestWillBeSent")]
    return {"/".join(url.split("/")[:3]) for url in urls if not url.startswith(("data:", "chrome:"))}


def received(page: Browser) -> str:
    """Give all that the stream of events has brought."""
    return "".join(each["data"] for each in page.heard("Network.eventSourceMessageReceived"))


def direct(port: int) -> None:
    """Look at the page on the metrics port itself."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        index, metrics = client.get("/"), client.get("/metrics")
        assert client.get("/", headers={"host": "evil.example"}).status_code == 403
    assert (index.status_code, metrics.status_code) == (200, 200)
    assert "default-src 'none'" in index.headers["content-security-policy"]
    assert 'id="turns"' in index.text
    assert "swv6_turns_total" in metrics.text


def test_a_conversation_is_watched(tmp_path: Path) -> None:
    port, metrics = free(), free()
    url = f"http://127.0.0.1:{port}/"
    with program(tmp_path, "dashboard", "--port", str(port), "--no-open") as viewer, browser() as page:
        assert viewer.stdout
        assert viewer.stdout.readline().strip() == url
        page.get(url)
        page.until(
            "return !document.querySelector('#waiting').hidden && document.querySelector('#past table td, #past th')"
        )
        assert "No conversation is running" in page.text("main")
        page.js(WATCH)
        with talk(tmp_path, metrics) as talking:
            page.until("return document.querySelectorAll('#turns li').length")
            direct(metrics)
            assert page.text("#link") == "Live"
            _, told = talking.communicate(timeout=120)
            assert talking.returncode == 0, told
        assert f"dashboard: http://127.0.0.1:{metrics}/" in told
        page.until("return document.querySelector('#link').dataset.state === 'ended'")
        page.until("return !document.querySelector('#waiting').hidden")
        assert_it_was_all_seen(page)
        assert_hidden(page)
        assert_other_eyes(page, url)
        assert requested(page) == {url.rstrip("/")}
        assert page.complaints() == []


def assert_it_was_all_seen(page: Browser) -> None:
    """Look at what a conversation has left on the page."""
    seen = page.js("return window.states")
    assert [state for state in STATES if state in seen] == STATES, seen
    assert seen[-1] == "ended"
    turns = page.js(
        "return [...document.querySelectorAll('#turns li svg')].map((svg) => svg.getAttribute('aria-label'))"
    )
    assert len(turns) == 2
    for number, label in zip((2, 1), turns, strict=True):
        assert re.match(rf"Turn {number}: first sound after .*(over|within) the budget; transcript .*, model \d", label)
    assert page.js("return document.querySelectorAll('#turns li line.limit').length") == 2
    for kind, least in (("stt", 2), ("llm", 2), ("tts", 1)):  # the second answer is the first one's, from the cache
        assert page.js("return document.querySelectorAll(`#turns li rect.${arguments[0]}`).length", kind) >= least
    assert page.js("return [...document.querySelectorAll('#series figure line.limit')].length") == 4
    assert "budget: 300" in page.text("#legend")
    figures = page.text("#figures")
    assert "100%" in figures
    assert "2 of 2" in figures
    assert "1 of 2 asked" in figures
    rows = page.js("return [...document.querySelectorAll('#backends tbody tr')].map((row) => row.innerText)")
    assert [row.split()[:2] for row in rows] == [["transcript", "openai"], ["model", "openai"], ["voice", "espeak"]]
    assert all("closed: in use" in row for row in rows)
    assert re.search(r"\d+\sMiB", page.text("#machine"))
    assert page.js("return document.querySelectorAll('#turns-table tbody tr').length") == 2


def assert_hidden(page: Browser) -> None:
    """What was said has not left the conversation."""
    stream = received(page)
    assert '"state":"speaking"' in stream
    assert "Camille" not in stream
    assert "120 minutes" not in stream
    assert "Camille" not in page.js("return document.documentElement.outerHTML")
    assert "not sent to this page" in page.text("#hidden")


def assert_other_eyes(page: Browser, url: str) -> None:
    """Look again: in French, in the dark, on a telephone, by keyboard."""
    audited(page)
    assert tabbed(page) == [
        "skip",
        "language",
        "theme",
        "summary",
        "summary",
        "backends-title",
        "incidents",
        "past-title",
    ]
    page.js("const s = document.querySelector('#language'); s.value = 'fr'; s.dispatchEvent(new Event('change'))")
    page.until("return document.querySelector('#turns li svg').getAttribute('aria-label').startsWith('Tour 2')")
    assert "Aucune conversation en cours" in page.text("main")
    assert page.js("return document.documentElement.lang") == "fr"
    page.js("const s = document.querySelector('#theme'); s.value = 'dark'; s.dispatchEvent(new Event('change'))")
    assert page.js("return getComputedStyle(document.body).backgroundColor") == "rgb(17, 19, 24)"
    audited(page)
    page.protocol("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=False)
    page.get(url)  # what was chosen is remembered, and the viewer still shows how the conversation ended
    page.until("return document.querySelectorAll('#turns li').length === 2")
    assert "Terminée" in page.text("#states") or "terminée" in page.text("#states")
    assert page.js("return getComputedStyle(document.body).backgroundColor") == "rgb(17, 19, 24)"
    audited(page)


def audited(page: Browser) -> None:
    """Open the tables behind the pictures, and look for what would be in somebody's way."""
    page.js("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.js(AUDIT) == []
    page.js("document.querySelectorAll('details').forEach((each) => (each.open = false))")
    tree = page.protocol("Accessibility.getFullAXTree")["nodes"]
    nameless = [node for node in tree if focusable(node) and not node.get("name", {}).get("value")]
    assert not nameless


def focusable(node: dict[str, Any]) -> bool:
    """Say whether a node of the accessibility tree can be reached; the page itself can."""
    names = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    return bool(names.get("focusable")) and node.get("role", {}).get("value") not in ("RootWebArea", "main")


def tabbed(page: Browser) -> list[str]:
    """Press Tab until the page has been left; name what had the focus, which must be seen."""
    page.js("document.activeElement.blur(); window.scrollTo(0, 0)")
    names = list[str]()
    while len(names) < 20:
        for type in ("keyDown", "keyUp"):
            page.protocol("Input.dispatchKeyEvent", type=type, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        name, style, width = page.js(FOCUSED)
        if name == "body" or name in names[:1]:
            break
        assert style != "none", name
        assert float(width.removesuffix("px")) >= 2, name
        names.append(name)
    return names
