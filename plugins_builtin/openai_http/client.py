"""The only file that knows httpx: one long-lived client for one server."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit

import httpx

from plugins_builtin.openai_http.options import ServerOptions
from swv6.plugins import BackendError, Swv6Error

log = logging.getLogger("swv6.openai")
GREETING = 1.0
"""Seconds that opening waits for a server that may be down."""
LOOK = 2.0
"""Seconds that `swv6 doctor` waits for each question."""
DENIED = {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}
IDLE = 300.0
"""Seconds that a connection is kept between two turns; httpx's own five are shorter than a pause for thought."""


class Server:
    """An OpenAI-compatible server. Failures are BackendErrors that name the address, the status and its words."""

    def __init__(self, options: ServerOptions, client: httpx.AsyncClient) -> None:
        self._options = options
        self._client = client
        self._model = options.model

    @asynccontextmanager
    async def post(self, path: str, **content: Any) -> AsyncIterator[httpx.Response]:
        """Send a request and lend the response as it arrives; leaving before its end closes the connection."""
        url = self._options.url + path
        with _failures(url):
            response = await self._send(url, content)
            try:
                await self._check(url, response)
                yield response
            finally:
                await response.aclose()

    async def model(self) -> str:
        """Return the profile's model, or the first one that the server lists."""
        if not self._model:
            url = f"{self._options.url}/models"
            with _failures(url):
                response = await self._client.get(url)
                await self._check(url, response)
                self._model = _first(response.json()) or ""
        if not self._model:
            raise BackendError(f"{self._options.url} lists no model", "name one: `model` of openai in the profile")
        return self._model

    async def greet(self) -> None:
        """Connect before the first request needs it; a server that is down is no error yet."""
        try:
            with _failures(self._options.url):
                listed = await self._client.get(f"{self._options.url}/models", timeout=GREETING)
                self._model = self._model or (_first(listed.json()) if listed.is_success else "") or ""
        except BackendError as error:
            log.info("not answering yet: %s", error.what)

    async def ask(self) -> list[str]:
        """Name the models that it lists; raises BackendError when nothing answers in time, or the key is refused."""
        url = f"{self._options.url}/models"  # not every server lists its models: a 404 is an answer
        with _failures(url):
            response = await self._client.get(url, timeout=LOOK)
            if response.status_code in DENIED:
                await self._check(url, response)
            return [str(model["id"]) for model in response.json()["data"]] if response.is_success else []

    async def _send(self, url: str, content: dict[str, Any]) -> httpx.Response:
        """Send a request, again while the connection was an old one that the server had just closed.

        llama.cpp's server promises to keep a connection and closes it after each stream: a quick second request meets
        that moment (4 times in 6 here).
        """
        while True:
            connected: list[str] = []

            async def trace(event: str, info: Any, connected: list[str] = connected) -> None:
                if event == "connection.connect_tcp.started":
                    connected.append(event)

            request = self._client.build_request("POST", url, extensions={"trace": trace}, **content)
            try:
                return await self._client.send(request, stream=True)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
                if connected:
                    raise

    async def _check(self, url: str, response: httpx.Response) -> None:
        if response.is_success:
            return
        await response.aread()
        if response.status_code == httpx.codes.NOT_FOUND and not self._options.model:
            self._model = ""  # the server may have been started anew with another one
        hint = "put the key in an environment variable and its name in `key_env`"
        hint = hint if response.status_code in DENIED else ""
        raise BackendError(f"{url}: HTTP {response.status_code}: {complaint(response.text)}", hint)


def pieces(response: httpx.Response) -> aclosing[AsyncGenerator[bytes, None]]:
    """Own the bytes of a response, as they arrive."""
    return aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_bytes()))


def complaint(text: str) -> str:
    """Find the server's message in an error's body: each kind of server has its own shape."""
    try:
        body = json.loads(text)
    except ValueError:
        body = text
    for key in ("error", "message", "detail"):
        if isinstance(body, dict) and body.get(key):
            body = body[key]
    lines = str(body).strip().splitlines()
    return lines[0][:300] if lines else "no reason given"


def _first(listed: Any) -> str | None:
    models = listed.get("data") if isinstance(listed, dict) else None
    return str(models[0]["id"]) if models else None


@contextmanager
def _failures(url: str) -> Iterator[None]:
    try:
        yield
    except httpx.ConnectError as error:
        raise BackendError(f"{url}: cannot connect: {error}", "start that server, or change `url`") from error
    except httpx.TimeoutException as error:
        raise BackendError(f"{url}: no answer in time ({type(error).__name__})") from error
    except (httpx.HTTPError, httpx.StreamError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackendError(f"{url}: {error or type(error).__name__}") from error


def _loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _headers(options: ServerOptions) -> dict[str, str]:
    if not options.key_env:
        return {}
    key = os.environ.get(options.key_env, "").strip()
    if not key:
        raise Swv6Error(
            f"openai: the environment variable {options.key_env} is not set", "set it to the key of " + options.url
        )
    return {"Authorization": f"Bearer {key}"}


@asynccontextmanager
async def connect(options: ServerOptions) -> AsyncIterator[Server]:
    """Open the client and greet the server, which may still be down.

    The machine's proxy settings are not for the loopback. Raises Swv6Error when the key's variable is not set.
    """
    async with _client(options) as client:
        server = Server(options, client)
        await server.greet()
        yield server


async def probe(options: ServerOptions) -> str:
    """Say in one line why the server cannot be asked, after `LOOK` at most; an empty string when it can."""
    try:
        async with _client(options) as client:
            await Server(options, client).ask()
    except Swv6Error as error:
        return f"{error.what} ({error.hint})" if error.hint else error.what
    return ""


async def serves(options: ServerOptions) -> list[str]:
    """Name the models that the server lists, after `LOOK` at most; raises BackendError."""
    async with _client(options) as client:
        return await Server(options, client).ask()


def _client(options: ServerOptions) -> httpx.AsyncClient:
    limits = httpx.Limits(keepalive_expiry=IDLE)
    trusting = not _loopback(options.url)
    return httpx.AsyncClient(headers=_headers(options), timeout=options.timeout, limits=limits, trust_env=trusting)
