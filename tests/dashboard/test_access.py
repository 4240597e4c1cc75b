"""Who may look: names, origins, the token, and what a browser is told."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest

from swv6.dashboard.board import Board
from swv6.dashboard.routes import page, routes
from swv6.telemetry import serving
from swv6.telemetry.access import Access

pytestmark = pytest.mark.anyio
OPEN, CLOSED = Access("127.0.0.1"), Access("0.0.0.0", "s€cret")
HERE = "http://127.0.0.1:8080"


def client(access: Access, base: str = HERE) -> httpx.AsyncClient:
    """Ask an application directly."""
    board = Board()
    board.close()  # its streams end at once
    app = serving.application(routes(board, access), access)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base)


async def got(access: Access, path: str = "/", base: str = HERE, headers: Mapping[str, str] | None = None) -> int:
    """Give the status of one request."""
    async with client(access, base) as asking:
        return (await asking.get(path, headers=headers)).status_code


@pytest.mark.parametrize("name", ["127.0.0.1", "127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST"])
async def test_this_machine_answers_to_its_own_names(name: str) -> None:
    assert await got(OPEN, headers={"host": name}) == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:8080", "192.168.1.2", "localhost.evil.example", "", "[", ":"]
)
async def test_a_name_that_was_made_to_point_here_is_refused(name: str) -> None:
    assert await got(OPEN, headers={"host": name}) == 403
    assert await got(OPEN, "/events", headers={"host": name}) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1"])
async def test_pages_from_elsewhere_are_refused(origin: str) -> None:
    assert await got(OPEN, "/events", headers={"origin": origin}) == 403
    assert await got(OPEN, "/events", headers={"origin": HERE}) == 200


async def test_beyond_this_machine_every_address_is_a_name_but_foreign_names_are_not() -> None:
    assert await got(CLOSED, "/login", "http://192.168.1.2:8080") == 200
    assert await got(CLOSED, "/login", "http://evil.example") == 403


@pytest.mark.parametrize("path", ["/", "/events", "/page/main.js", "/login", "/nothing"])
async def test_every_answer_keeps_the_browser_strict(path: str) -> None:
    async with client(OPEN) as asking:
        headers = (await asking.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_without_the_token_nothing_is_seen() -> None:
    for path, status in (("/", 303), ("/events", 401), ("/metrics", 401), ("/nothing", 401), ("/login", 200)):
        assert await got(CLOSED, path) == status
    assert await got(CLOSED, "/events?token=s€cret") == 401  # never in an address
    for cookie in ("swv6=", "swv6=secret", "swv6=" + "0" * 64, "other=1"):
        assert await got(CLOSED, "/events", headers={"cookie": cookie}) == 401


async def test_a_browser_gives_the_token_once() -> None:
    async with client(CLOSED) as asking:
        wrong = await asking.post("/login", data={"token": "secret"})
        assert (wrong.status_code, wrong.headers["location"]) == (303, "/login?wrong")
        assert "set-cookie" not in wrong.headers
        right = await asking.post("/login", data={"token": " s€cret "}, headers={"origin": HERE})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "cret" not in cookie
        assert (await asking.get("/")).status_code == 200
        forged = await asking.post("/login", data={"token": "s€cret"}, headers={"origin": "http://evil.example"})
        assert forged.status_code == 403
        assert (await asking.post("/login", content=b"token=" + b"x" * 100_000)).headers["location"] == "/login?wrong"


async def test_a_program_sends_the_token_as_a_bearer_whatever_the_name() -> None:
    bearer = {"authorization": "Bearer s€cret".encode().decode("latin-1"), "host": "proxy.example"}
    async with client(CLOSED) as asking:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in bearer.items()]
        assert (await asking.get("/events", headers=raw)).status_code == 200


async def test_only_the_files_of_the_page_are_given() -> None:
    for path in ("/page/..%2f__init__.py", "/page/../routes.py", "/page/", "/page/x"):
        assert await got(OPEN, path) == 404
    assert {"index.html", "login.html", "main.js", "strings.json"} <= page().keys()


async def test_the_token_is_no_part_of_what_is_printed() -> None:
    assert "cret" not in repr(CLOSED)
