"""Tools over HTTP: the calls of the protocol, however a server cuts and numbers them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plugins_builtin.openai_http.llm import open_llm
from plugins_builtin.openai_http.options import LLMOptions
from plugins_builtin.tools import clock, sums
from swv6.plugins import BackendError, Call, Message
from swv6.stages.answers.thoughts import without_thoughts
from swv6.stages.streams import owned
from tests.servers import Script, llm_server

pytestmark = pytest.mark.anyio
CHAT = (Message("system", "Réponds."), Message("user", "Mets une minuterie de deux minutes."))
TOOLS = (clock.timer(True), sums.calculator(True))


def stream(*deltas: dict[str, Any]) -> bytes:
    """Write a stream of events."""
    chunks = [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    ends = {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}
    return b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in (*chunks, ends)) + b"data: [DONE]\n\n"


def piece(index: int = 0, **function: str) -> dict[str, Any]:
    """Write a piece of a call."""
    return {"tool_calls": [{"index": index, "id": "x", "type": "function", "function": function}]}


TIMER = piece(name="timer", arguments="")
CALLS = {
    "in pieces": (
        stream(
            {"role": "assistant", "content": None}, TIMER, piece(arguments='{"dur'), piece(arguments='ation": "2 min"}')
        ),
        Call("timer", '{"duration": "2 min"}'),
    ),
    "whole": (stream(piece(name="timer", arguments='{"duration": "1 h"}')), Call("timer", '{"duration": "1 h"}')),
    "the first of two": (stream(TIMER, piece(1, name="calculator", arguments="{}")), Call("timer", "{}")),
    "for none": (stream(piece(name="none", arguments="{}")), None),
    "as JSON": (
        stream({"content": '```json\n{"name": "timer", "argu'}, {"content": 'ments": {"duration": "1 h"}}\n```'}),
        Call("timer", '{"duration": "1 h"}'),
    ),
    "of a tool that is not there": (stream({"content": '{"name": "rm", "arguments": {}}'}), None),
    "in words": (stream({"content": "Deux minutes, c'est long."}), None),
}


@pytest.mark.parametrize("name", CALLS)
async def test_a_call_is_put_together(name: str) -> None:
    sent, call = CALLS[name]
    with llm_server(Script(raw=sent)) as server:
        async with open_llm(LLMOptions(url=server.url)) as llm:
            assert await llm.choose(CHAT, TOOLS) == call  # type: ignore[attr-defined]
    asked = server.last
    assert [one["function"]["name"] for one in asked["tools"]] == ["timer", "calculator", "none"]
    assert asked["tools"][0]["function"]["parameters"]["required"] == ["duration"]
    assert (asked["tool_choice"], asked["temperature"]) == ("required", 0.0)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]


async def test_a_server_without_tools_is_a_backend_error() -> None:
    with llm_server() as server:
        async with open_llm(LLMOptions(url=server.url)) as llm:
            server.script = Script(status=400, message="tools are not supported")
            with pytest.raises(BackendError, match="not supported"):
                await llm.choose(CHAT, TOOLS)  # type: ignore[attr-defined]


async def test_a_thought_whose_beginning_is_never_sent_is_hidden_where_the_profile_says_so() -> None:
    with llm_server(Script(deltas=("Voyons", "... deux ?</th", "ink>\n\n", "Deux minutes."))) as server:
        async with (
            open_llm(LLMOptions(url=server.url, thinking=True)) as llm,
            owned(without_thoughts(llm)(CHAT)) as deltas,
        ):
            assert "".join([delta async for delta in deltas]) == "Deux minutes."
