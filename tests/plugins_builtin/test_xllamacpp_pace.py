"""The model stands still for a reader in no hurry, and goes on as if nothing had happened."""

from __future__ import annotations

import time
from typing import Any

import anyio
import pytest

from plugins_builtin.xllamacpp.engine import open_llm
from plugins_builtin.xllamacpp.options import XllamacppOptions
from plugins_builtin.xllamacpp.pace import Pace, continued
from swv6.plugins import LLM, Message
from swv6.stages.streams import owned
from tests.plugins_builtin.weights import weights

pytestmark = pytest.mark.anyio
STORY = (Message("system", "You are a helpful assistant."), Message("user", "Tell me a long story about a boat."))


async def read(llm: LLM, rest_after: int = 0, rest: float = 0.0) -> tuple[str, float]:
    """Read an answer, resting once; give it, and the processor's seconds during the rest."""
    text, used, count = "", 0.0, 0
    async with owned(llm(STORY)) as deltas:
        async for delta in deltas:
            text, count = text + delta, count + 1
            if count == rest_after:
                before = time.process_time()
                await anyio.sleep(rest)
                used = time.process_time() - before
    return text, used


@pytest.mark.weights
async def test_it_stands_still_and_goes_on_with_the_same_answer() -> None:
    model = str(weights("qwen2.5-coder-1.5b-instruct", "gguf"))
    options = XllamacppOptions(model=model, threads=1, temperature=0.0, max_tokens=40)
    async with open_llm(options) as llm:
        whole, _ = await read(llm)
        rested, used = await read(llm, rest_after=10, rest=2.0)
    assert rested.split()[:12] == whole.split()[:12]
    assert len(rested) == pytest.approx(len(whole), rel=0.5)
    assert used < 1.0, "a model that goes on takes a whole core: 2 s"


def test_a_reader_is_behind_after_some_deltas() -> None:
    pace = Pace()
    for _ in range(Pace.ahead):
        pace.gave()
    assert not pace.behind
    pace.gave()
    assert pace.behind
    pace.took()
    assert not pace.behind


def test_the_rest_of_an_answer_is_asked_for() -> None:
    body: dict[str, Any] = {"messages": [{"role": "user", "content": "?"}], "max_tokens": 10}
    assert continued(body, "", 0) is body
    rest = continued(body, "Il y a", 3)
    assert rest["messages"][-1] == {"role": "assistant", "content": "Il y a"}
    assert rest["max_tokens"] == 7
    assert len(body["messages"]) == 1
