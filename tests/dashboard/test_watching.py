"""`swv6 dashboard`: finding the conversation that runs, showing its end, waiting for the next; bad input."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from swv6.cli._watching import Place, Watch
from swv6.dashboard.conversation import Conversation
from swv6.dashboard.following import source
from swv6.dashboard.routes import routes
from swv6.dashboard.running import announced, newest
from swv6.errors import UsageError
from swv6.telemetry import events, serving
from swv6.telemetry.access import Access
from swv6.telemetry.stamps import Stamped
from tests.cli.test_app import run

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave notes in a folder of the test's."""
    monkeypatch.setenv("SWV6_RUNNING", str(tmp_path / "running"))
    return tmp_path / "running"


@asynccontextmanager
async def conversation(profile: str, token: str = "") -> AsyncIterator[str]:
    """Serve a conversation that only says its name."""
    shown = Conversation({"total": 1.2}, False)
    shown(Stamped(events.SessionBegan(profile, "fr"), "s", 0, 0.0))
    access = Access(token=token)
    at = serving.bound(access, 0)
    async with serving.served(serving.application(routes(shown.board, access), access), at):
        url = serving.address(at)
        with announced(url):
            yield url
        shown.board.close()


async def now(watch: Watch, what: str, seen: dict[str, int], **wanted: object) -> None:
    """Wait until a section of the viewer says so."""
    with anyio.fail_after(20):
        while True:
            found: Any = json.loads((await watch.board.news(seen)).get(what, b"null"))
            if found and all(found.get(name) == value for name, value in wanted.items()):
                return


async def test_it_goes_from_one_conversation_to_the_next() -> None:
    watch, seen = Watch(Place(Access(), 0, "")), dict[str, int]()
    with watch.board.watching():
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch.follow)
            await now(watch, "viewer", seen, attached=False)
            for name in ("first", "second"):
                async with conversation(name):
                    await now(watch, "now", seen, profile=name, state="listening")
                await now(watch, "now", seen, profile=name, state="ended")
            tasks.cancel_scope.cancel()


async def test_it_shows_the_token_of_the_environment() -> None:
    async with conversation("closed", "secret") as url:
        await Watch(Place(Access(token="secret"), 0, url)).reach()
        with pytest.raises(UsageError, match="wants a token"):
            await Watch(Place(Access(token="other"), 0, url)).reach()


async def test_notes_of_the_dead_are_taken_away(notes: Path) -> None:
    assert newest() is None
    with announced("http://127.0.0.1:1/"):
        assert newest() == "http://127.0.0.1:1/"
        (notes / "999999999.json").write_text(json.dumps({"url": "http://gone/"}), encoding="utf-8")
        (notes / f"{os.getppid()}.json").write_text("{", encoding="utf-8")
        (notes / "x.json").write_text("{}", encoding="utf-8")
        assert newest() == "http://127.0.0.1:1/"
        assert not (notes / "999999999.json").exists()
    assert newest() is None


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("8080", "http://127.0.0.1:8080/"),
        ("box:8080", "http://box:8080/"),
        ("https://box/x", "https://box/"),
        ("[::1]:80", "http://[::1]/"),
    ],
)
async def test_addresses(given: str, url: str) -> None:
    assert source(given, "").url == url


@pytest.mark.parametrize("given", ["x y", "ftp://box", "99999999", "user@box", "http://"])
async def test_what_is_no_address(given: str) -> None:
    with pytest.raises(UsageError, match="no port and no address"):
        source(given, "")


def test_what_cannot_be_done_is_one_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        wrongs = {
            ("--port", port): f"cannot listen on 127.0.0.1:{port}",
            ("--host", "0.0.0.0"): "can be read by other machines",
            ("--of", "x y"): "no port and no address",
            ("--of", "1"): "no conversation answers at http://127.0.0.1:1/",
        }
        for arguments, reason in wrongs.items():
            done = run("dashboard", "--no-open", *arguments, SWV6_METRICS_TOKEN="")
            assert done.returncode == 2, done.stderr
            assert reason in done.stderr
            assert len(done.stderr.splitlines()) == 2
            assert done.stderr.splitlines()[1].startswith("  -> ")
