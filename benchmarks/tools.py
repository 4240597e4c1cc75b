"""How often a small model's tools answer, and what the gate costs a question that is for none of them.

python benchmarks/tools.py --tool timer
python benchmarks/tools.py --by gated    # the model reads the arguments, also where the question's words leave no doubt
python benchmarks/tools.py --by model    # the model chooses among all the tools, for every question
python benchmarks/tools.py --phrasings tests/plugins_builtin/tools/held_out_2.tsv
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Literal, TypeAlias

import anyio

from swv6.models.store import Store
from swv6.plugins import Tool
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.tools.calling import Toolbox
from swv6.stages.tools.opening import open_tools
from swv6.telemetry.events import nobody
from swv6.types import Chat, Message

TESTS = Path(__file__).parent.parent / "tests" / "plugins_builtin" / "tools"
PHRASINGS = TESTS / "phrasings.tsv"
ORDINARY = TESTS / "ordinary.txt"
NONE = "none"
"""Stands in the place of a tool before an ordinary question."""
By: TypeAlias = Literal["words", "gated", "model"]


async def choice(box: Toolbox, chat: Chat, by: By) -> tuple[Tool, str] | None:
    """Choose a tool as a conversation does, or let the model choose among all."""
    if by != "model":
        return await box.chosen(chat)
    assert box.choose is not None
    call = await box.choose(chat, box.tools)
    found = {tool.name: tool for tool in box.tools}.get(call.tool) if call else None
    return (found, call.arguments) if call and found else None


async def answered(box: Toolbox, prompt: str, line: str, by: By) -> tuple[bool, float]:
    """Ask one question; tell whether the right tool gave the right answer, and after how many seconds."""
    name, question, expected = line.split("\t")
    chat = (Message("system", prompt), Message("user", question))
    began = perf_counter()
    chosen = await choice(box, chat, by)
    took = perf_counter() - began
    if name == NONE:
        good, said = chosen is None, ""
    else:
        said = await box.used(*chosen, chat) if chosen else ""
        good = chosen is not None and chosen[0].name == name and expected in said
    if not good:
        print(f"  {question} -> {f'{chosen[0].name} {chosen[1]}' if chosen else None} {said}")
    return good, took


def gate(box: Toolbox) -> None:
    """Say what an ordinary question costs, and which ones are taken for more."""
    questions = ORDINARY.read_text(encoding="utf-8").splitlines()
    began = perf_counter()
    found = [box.asked(question) for question in questions * 100]
    took = perf_counter() - began
    false = [(q, [tool.name for tool in tools]) for q, tools in zip(questions, found, strict=False) if tools]
    print(f"ordinary questions: {len(false)} of {len(questions)} looked at twice {false or ''}")
    print(f"the gate costs {took / len(found) * 1e6:.0f} us a question")


async def main(tool: str, by: By, lines: list[str]) -> None:
    """Ask everything once."""
    profile = resolve("assistant")
    async with build(profile, Store(), nobody) as builder:
        box = await open_tools(builder)
        gate(box)
        if by == "gated":
            box.tools = [replace(one, read=None) for one in box.tools]
        await builder.open("llm")
        for name in [tool] if tool else dict.fromkeys(line.split("\t")[0] for line in lines):
            results = [await answered(box, profile.prompt, line, by) for line in lines if line.split("\t")[0] == name]
            seconds = median(took for _, took in results)
            good = sum(good for good, _ in results)
            print(f"{name}: {good} of {len(results)}, chosen in {seconds * 1e3:.1f} ms (median)", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default="", help="only this one")
    parser.add_argument("--by", choices=["words", "gated", "model"], default="words", help="who chooses")
    parser.add_argument("--phrasings", type=Path, default=PHRASINGS)
    chosen = parser.parse_args()
    lines = [line for line in chosen.phrasings.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    anyio.run(main, chosen.tool, chosen.by, lines)
