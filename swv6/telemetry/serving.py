"""Serving what a conversation does over HTTP, on its own loop: an ASGI application that others add routes to."""

from __future__ import annotations

import hmac
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_address

import uvicorn
from anyio import create_task_group, to_thread
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from swv6.errors import UsageError

TOKEN = "SWV6_METRICS_TOKEN"
"""The environment variable with what callers from other machines must send."""


def loopback(host: str) -> bool:
    """Say whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bound(host: str, port: int, token: str) -> socket.socket:
    """Take a port. Raises UsageError when it is in use, or when other machines could read it without a token."""
    if not token and not loopback(host):
        raise UsageError(f"metrics on {host} can be read by other machines", f"set {TOKEN}, or metrics.host: 127.0.0.1")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"metrics: cannot listen on {host}:{port}: {reason}", "swv6 talk --metrics PORT") from error


def metrics_route(registry: CollectorRegistry) -> Route:
    """Give /metrics; it is written in a thread, so that the loop goes on."""

    async def metrics(request: Request) -> Response:
        encode, kind = choose_encoder(request.headers.get("accept", ""))
        return Response(await to_thread.run_sync(encode, registry), headers={"content-type": kind})

    return Route("/metrics", metrics)


def application(routes: Sequence[BaseRoute], token: str = "") -> ASGIApp:
    """Put routes together; with a token, who does not send it as a bearer sees nothing."""
    app = Starlette(routes=routes)
    return _Guarded(app, token) if token else app


class _Guarded:
    """Lets in who sends the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._expected = app, f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope.get("headers", ())).get(b"authorization", b"")
        if hmac.compare_digest(given, self._expected):
            await self._app(scope, receive, send)
        else:
            refusal = PlainTextResponse("a token is needed", 401, {"www-authenticate": "Bearer"})
            await refusal(scope, receive, send)


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to the command line."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(app: ASGIApp, at: socket.socket) -> AsyncIterator[None]:
    """Serve on a bound socket until the block ends; connections that are open then are closed within a second."""
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    async with create_task_group() as tasks:
        tasks.start_soon(server.serve, [at])
        try:
            yield
        finally:
            server.should_exit = True
