"""What our xllamacpp stage costs beside xllamacpp called directly: same model, settings and conversation.

The two take turns, so that a busy machine hurts both alike; each has read the conversation before, as in a real turn,
and says the same words at temperature 0; medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Callable
from contextlib import aclosing
from statistics import median
from time import perf_counter
from typing import Any

import xllamacpp

from plugins_builtin.xllamacpp.engine import open_llm
from plugins_builtin.xllamacpp.options import XllamacppOptions
from swv6.models.store import Store
from swv6.plugins import LLM, Message

GOAL = 1.05
"""Our stage may take this many times the direct call."""
CHAT = (
    Message("system", "You are a helpful assistant."),
    Message("user", "Tell me a long story about a dragon and a princess who live in a castle by the sea."),
)


def direct(options: XllamacppOptions) -> Callable[[], tuple[float, float, str]]:
    """Load the model as its documentation says; return a call: seconds to the first word, in all, the text."""
    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.n_ctx = options.context
    params.n_batch = params.n_ubatch = options.batch
    params.cpuparams.n_threads = options.threads
    params.verbosity = -1
    server = xllamacpp.Server(params)
    body = {
        "messages": [{"role": message.role, "content": message.text} for message in CHAT],
        "stream": True,
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
    }

    def call() -> tuple[float, float, str]:
        began, times, words = perf_counter(), [], []

        def receive(chunk: dict[str, Any]) -> None:
            if word := chunk["choices"][0]["delta"].get("content"):
                times.append(perf_counter() - began)
                words.append(word)

        server.handle_chat_completions(body, receive)
        return times[0], perf_counter() - began, "".join(words)

    return call


async def staged(llm: LLM) -> tuple[float, float, str]:
    """Ask our stage; give seconds to the first word, in all, the text."""
    began, times, words = perf_counter(), [], []
    async with aclosing(llm(CHAT)) as deltas:  # type: ignore[type-var]
        async for delta in deltas:
            times.append(perf_counter() - began)
            words.append(delta)
    return times[0], perf_counter() - began, "".join(words)


async def measure(options: XllamacppOptions, rounds: int) -> dict[str, float]:
    """Take turns; give the median milliseconds and their ratios."""
    call = direct(options)
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    async with open_llm(options) as llm:
        for number in range(rounds + 1):
            *mine, text = await staged(llm)
            *other, expected = call()
            if text != expected:
                raise SystemExit(f"not the same answer:\n{text}\n{expected}")
            if number:  # the first round reads the prompt
                ours.append((mine[0], mine[1]))
                theirs.append((other[0], other[1]))
    return summary(ours, theirs)


def summary(ours: list[tuple[float, float]], theirs: list[tuple[float, float]]) -> dict[str, float]:
    """Give medians in milliseconds and the ratio of ours to theirs."""
    result: dict[str, float] = {}
    for column, name in enumerate(("first", "total")):
        mine, other = (1e3 * median(row[column] for row in rows) for rows in (ours, theirs))
        result |= {f"stage_{name}_ms": mine, f"direct_{name}_ms": other, f"{name}_ratio": mine / other}
    return result


def main() -> None:
    """Measure and print; exit 1 above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="smollm2-135m-instruct")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    path = str(Store().find(chosen.model, "gguf"))
    options = XllamacppOptions(model=path, threads=chosen.threads, max_tokens=chosen.tokens, temperature=0.0)
    result = asyncio.run(measure(options, chosen.rounds))
    if chosen.json:
        print(json.dumps({name: round(value, 3) for name, value in result.items()}))
    else:
        print("\n".join(f"{name:16} {value:9.3f}" for name, value in result.items()))
    raise SystemExit(result["total_ratio"] > GOAL)


if __name__ == "__main__":
    main()
