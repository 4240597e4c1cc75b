"""Reading another process's board as it changes: the client of `streaming`."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx

from swv6.errors import UsageError
from swv6.telemetry.access import TOKEN

PATIENCE = 40.0
"""Seconds without a word after which the other side is given up; it says one every 15 s."""
MOST = 2_000_000
"""Characters of one section: a board has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a conversation's board is."""

    url: str
    """Ends in a slash."""
    token: str = ""


def source(address: str, token: str) -> Source:
    """Understand `8080`, `host:8080` or a URL. Raises UsageError."""
    text = f"127.0.0.1:{address}" if address.isdecimal() else address
    try:
        url = httpx.URL(text if "://" in text else f"http://{text}")
        wrong = not url.host or "%" in url.host or url.userinfo or (url.port or 1) > 65535
        if url.scheme not in ("http", "https") or wrong:
            raise ValueError
    except (ValueError, httpx.InvalidURL):
        raise UsageError(f"--of {address!r} is no port and no address", "swv6 dashboard --of 8080") from None
    return Source(f"{url.scheme}://{url.netloc.decode('ascii')}/", token)


async def sections(of: Source) -> AsyncGenerator[tuple[str, object], None]:
    """Give (name, value) of each section as it changes, until the other side ends.

    Raises UsageError when it is no conversation of ours or wants another token, httpx.HTTPError when it cannot be
    reached or is lost.
    """
    headers = {"authorization": f"Bearer {of.token}"} if of.token else {}
    timeout = httpx.Timeout(5.0, read=PATIENCE)
    async with (
        httpx.AsyncClient(timeout=timeout, trust_env=False) as client,
        client.stream("GET", f"{of.url}events", headers=headers) as answer,
    ):
        if answer.status_code == 401:
            raise UsageError(f"{of.url} wants a token, and not this one", f"set {TOKEN} to the one it was given")
        if answer.status_code != 200 or not answer.headers.get("content-type", "").startswith("text/event-stream"):
            raise UsageError(
                f"{of.url} is no conversation of swv6 (HTTP {answer.status_code})", "swv6 talk --metrics PORT"
            )
        name = ""
        async for line in answer.aiter_lines():
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: ") and len(line) < MOST:
                yield name, json.loads(line[6:])
