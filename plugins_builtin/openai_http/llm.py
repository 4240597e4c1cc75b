"""A language model behind /chat/completions."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Any

import anyio
import httpx

from plugins_builtin.openai_http import choosing
from plugins_builtin.openai_http.client import Server, complaint, connect, pieces
from plugins_builtin.openai_http.options import LLMOptions
from plugins_builtin.openai_http.sse import Events
from swv6.plugins import LLM, BackendError, Call, Chat, Choosing, Tool, chat_messages
from swv6.plugins.chat import chunk_ends, chunk_text

DONE = "[DONE]"
PARTING = 0.2
"""Seconds to wait for the end of a body after [DONE]: a body read to its end leaves the connection usable."""


@asynccontextmanager
async def open_llm(options: LLMOptions) -> AsyncIterator[LLM]:
    """Open a client and yield the stage; a server that is down shows at the first request, as a BackendError."""
    async with connect(options) as server:

        async def answer(chat: Chat, /) -> AsyncGenerator[str, None]:
            async with aclosing(_answer(server, options, chat)) as deltas:
                async for delta in deltas:
                    yield delta

        async def choose(chat: Chat, tools: Sequence[Tool]) -> Call | None:
            body = {**_body(options, await server.model(), chat), **choosing.body(tools)}
            async with aclosing(_chunks(server, options, body)) as chunks:
                return await choosing.chosen(chunks, tools)

        yield Choosing(answer, choose)


async def _answer(server: Server, options: LLMOptions, chat: Chat) -> AsyncGenerator[str, None]:
    async with aclosing(_chunks(server, options, _body(options, await server.model(), chat))) as chunks:
        opening = "<think>" if options.thinking else ""
        async for chunk in chunks:
            if text := chunk_text(chunk):
                yield opening + text
                opening = ""


async def _chunks(server: Server, options: LLMOptions, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
    """Stream chunks. Raises BackendError when they break off."""
    ended = False
    async with server.post("/chat/completions", json=body) as response, aclosing(_events(response)) as events:
        async for data in events:
            if data == DONE:
                ended = True
                continue
            chunk = _chunk(options.url, data)
            ended = ended or chunk_ends(chunk)
            yield chunk
    if not ended:
        raise BackendError(f"{options.url}: the answer broke off")


def _body(options: LLMOptions, model: str, chat: Chat) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": chat_messages(chat, options.language),
        "stream": True,
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
    }
    nucleus = {} if options.top_p is None else {"top_p": options.top_p}
    return body | nucleus | options.extra


async def _events(response: httpx.Response) -> AsyncGenerator[str, None]:
    """Stream the data of events; what follows [DONE] is read, so that the connection can be used again."""
    events = Events()
    async with pieces(response) as arriving:
        async for piece in arriving:
            for data in events.feed(piece):
                yield data
                if data == DONE:
                    await _drain(arriving)
                    return
    for data in events.end():
        yield data


async def _drain(arriving: AsyncIterator[bytes]) -> None:
    with anyio.move_on_after(PARTING):
        async for _ in arriving:
            pass


def _chunk(url: str, data: str) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
    except ValueError as error:
        raise BackendError(f"{url}: not an event of a chat: {data[:80]!r}") from error
    if not isinstance(chunk, dict):
        raise BackendError(f"{url}: not an event of a chat: {data[:80]!r}")
    if chunk.get("error"):
        raise BackendError(f"{url}: {complaint(data)}")
    return chunk
