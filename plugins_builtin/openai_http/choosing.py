"""Choosing a tool by the protocol's own tool calls."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

from swv6.plugins import Call, Tool
from swv6.plugins.tools import described

MAX_TOKENS = 128
"""Of a call."""
_NONE = "none"


def body(tools: Sequence[Tool]) -> dict[str, Any]:
    """Give what a request for a call adds to one for an answer.

    A call is required: left free, small models write JSON into their answer. One tool of them all is for no tool.
    """
    functions = [_function(tool.name, described(tool), tool.arguments.model_json_schema()) for tool in tools]
    functions.append(_function(_NONE, "anything else", {"type": "object", "properties": {}}))
    return {"tools": functions, "tool_choice": "required", "temperature": 0.0, "max_tokens": MAX_TOKENS}


def _function(name: str, description: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


async def chosen(chunks: AsyncIterator[dict[str, Any]], tools: Sequence[Tool]) -> Call | None:
    """Put the first call together from its pieces; small models write it as JSON into their answer instead."""
    name, arguments, text = "", "", ""
    async for chunk in chunks:
        for choice in chunk.get("choices") or ():
            delta = choice.get("delta") or {}
            for call in delta.get("tool_calls") or ():
                if call.get("index", 0) == 0:
                    function = call.get("function") or {}
                    name += function.get("name") or ""
                    arguments += function.get("arguments") or ""
            text += delta.get("content") or ""
        if not name and (found := _written(text, tools)):
            return found
    return Call(name, arguments or "{}") if name and name != _NONE else None


def _written(text: str, tools: Sequence[Tool]) -> Call | None:
    if "{" not in text or text.count("{") != text.count("}"):
        return None
    try:
        call = json.loads(text[text.index("{") : text.rindex("}") + 1])
        known = call["name"] in {tool.name for tool in tools}
        return Call(call["name"], json.dumps(call["arguments"])) if known else None
    except (ValueError, KeyError, TypeError):
        return None
