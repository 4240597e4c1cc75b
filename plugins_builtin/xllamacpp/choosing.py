"""Choosing a tool: the model's JSON is constrained to the possible calls, so even a small one is right in form."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from typing import Any

from swv6.plugins import Call, Chat, Message, Tool
from swv6.plugins.tools import instruction, schema

MAX_TOKENS = 64
"""Of a call: the longest sum is 40."""


def question(chat: Chat, tools: Sequence[Tool]) -> Chat:
    """Ask for a call after what the model has read already: system prompt, history, and the question itself."""
    return (*chat[:-1], Message("user", instruction(chat[-1].text, tools)))


def constrained(body: dict[str, Any], tools: Sequence[Tool]) -> dict[str, Any]:
    """Let nothing but a call be generated, and the likeliest one."""
    shape = {"type": "json_schema", "json_schema": {"schema": schema(tools)}}
    return {**body, "response_format": shape, "temperature": 0.0, "max_tokens": MAX_TOKENS}


async def chosen(answer: Callable[[dict[str, Any]], AsyncIterator[str]], body: dict[str, Any]) -> Call | None:
    """Generate a call; one that is cut off is none."""
    text = ""
    async with aclosing(answer(body)) as deltas:  # type: ignore[type-var]
        async for delta in deltas:
            text += delta
    try:
        call = json.loads(text)
    except ValueError:
        return None
    return Call(call["tool"], json.dumps(call["arguments"])) if "arguments" in call else None
