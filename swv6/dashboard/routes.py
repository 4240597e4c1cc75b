"""The page's addresses: itself, its files, what is new, and the form for the token."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from swv6.dashboard.board import Board
from swv6.dashboard.streaming import Stream
from swv6.telemetry.access import COOKIE, Access
from swv6.telemetry.guarding import LOGIN

KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
MOST = 4096
"""Bytes of a form: more than any token."""


@cache
def page() -> dict[str, tuple[bytes, str]]:
    """Give the files of the page: name -> bytes, media type."""
    found = files("swv6.dashboard").joinpath("page").iterdir()
    return {file.name: (file.read_bytes(), KINDS[file.name.rpartition(".")[2]]) for file in found}


def routes(board: Board, access: Access) -> list[BaseRoute]:
    """Give the routes of a board."""

    async def login(request: Request) -> Response:
        if request.method != "POST":
            return _file("login.html")
        given = parse_qs(await _body(request)).get("token", [""])[0]
        if not access.knows(given.strip()):
            return RedirectResponse(f"{LOGIN}?wrong", 303)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, access.cookie, httponly=True, samesite="strict")
        return answer

    return [
        Route("/", _index),
        Route("/page/{name}", _named),
        Route("/events", Stream(board), methods=["GET"]),
        Route(LOGIN, login, methods=["GET", "POST"]),
    ]


async def _index(request: Request) -> Response:
    return _file("index.html")


async def _named(request: Request) -> Response:
    return _file(request.path_params["name"])


def _file(name: str) -> Response:
    body, kind = page().get(name, (b"", ""))
    return Response(body, headers={"content-type": kind}) if kind else Response("there is no such file", 404)


async def _body(request: Request) -> str:
    """Read a form, up to MOST bytes."""
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > MOST:
            return ""
    return read.decode("utf-8", "replace")
