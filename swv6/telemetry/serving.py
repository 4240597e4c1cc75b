"""Serving what a conversation does over HTTP, on its own loop: an ASGI application that others add routes to."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from anyio import create_task_group, to_thread
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from swv6.errors import UsageError
from swv6.telemetry.access import TOKEN, Access, loopback
from swv6.telemetry.guarding import Guard


def bound(access: Access, port: int, what: str = "metrics", again: str = "swv6 talk --metrics PORT") -> socket.socket:
    """Take a port. Raises UsageError when it cannot be had, or when other machines could read it without a token."""
    host = access.host
    if not access.token and not loopback(host):
        raise UsageError(f"{what} on {host} can be read by other machines", f"set {TOKEN}, or listen on 127.0.0.1")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{what}: cannot listen on {host}:{port}: {reason}", again) from error


def address(at: socket.socket) -> str:
    """Give the address for a browser on this machine."""
    host, port = at.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def metrics_route(registry: CollectorRegistry) -> Route:
    """Give /metrics; it is written in a thread, so that the loop goes on."""

    async def metrics(request: Request) -> Response:
        encode, kind = choose_encoder(request.headers.get("accept", ""))
        return Response(await to_thread.run_sync(encode, registry), headers={"content-type": kind})

    return Route("/metrics", metrics)


def application(routes: Sequence[BaseRoute], access: Access) -> ASGIApp:
    """Put routes together, for those who may read them."""
    return Guard(Starlette(routes=routes), access)


_OF_STREAMS = ("ASGI callable returned without", "Cancel %s running task(s)")
"""What uvicorn says of streams that end because their reader is stuck, or because the conversation has ended."""


def _worth_saying(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(_OF_STREAMS)


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
    logging.getLogger("uvicorn.error").addFilter(_worth_saying)
    server = _Server(config)
    async with create_task_group() as tasks:
        tasks.start_soon(server.serve, [at])
        try:
            yield
        finally:
            server.should_exit = True
