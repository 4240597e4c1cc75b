"""Choosing a tool: the model's JSON is constrained to the possible calls, so even a small one is right in form."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Any

from swv6.plugins import Call, Tool
from swv6.plugins.tools import read_call, schema

MAX_TOKENS = 64
"""Of a call: the longest sum is 40."""


def constrained(body: dict[str, Any], tools: Sequence[Tool]) -> dict[str, Any]:
    """Let nothing but a call be generated, and the likeliest one."""
    shape = {"type": "json_schema", "json_schema": {"schema": schema(tools)}}
    return {**body, "response_format": shape, "temperature": 0.0, "max_tokens": MAX_TOKENS}


async def chosen(answer: Callable[[dict[str, Any]], AsyncGenerator[str, None]], body: dict[str, Any]) -> Call | None:
    """Generate a call; one that is cut off is none."""
    text = ""
    async with aclosing(answer(body)) as deltas:
        async for delta in deltas:
            text += delta
    return read_call(text)
