"""How often a small model's tools answer, and what the gate costs a question that is for none of them.

python benchmarks/tools.py
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

import anyio

from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.tools.opening import open_tools
from swv6.telemetry.events import nobody
from swv6.types import Message

ROOT = Path(__file__).parent.parent
PHRASINGS = ROOT / "tests" / "plugins_builtin" / "tools" / "phrasings.tsv"
ORDINARY = ROOT / "profiles" / "sounds" / "bench" / "questions.tsv"


async def main() -> None:
    """Ask everything once."""
    profile = resolve("assistant")
    async with build(profile, Store(), nobody) as builder:
        box = await open_tools(builder)
        await builder.open("llm")
        system, right, took = Message("system", profile.prompt), dict[str, list[bool]](), list[float]()
        for line in PHRASINGS.read_text(encoding="utf-8").splitlines()[1:]:
            name, question, expected = line.split("\t")
            chat = (system, Message("user", question))
            began = perf_counter()
            choice = await box.chosen(chat)
            took.append(perf_counter() - began)
            said = await box.used(*choice, chat) if choice else ""
            good = choice is not None and choice[0].name == name and expected in said
            right.setdefault(name, []).append(good)
            if not good:
                print(f"  {question} -> {choice[0].name if choice else None} {choice[1] if choice else ''} {said}")
        for name, found in right.items():
            print(f"{name}: {sum(found)} of {len(found)}")
        print(f"a choice takes {median(t for t in took if t > 0.01) * 1e3:.0f} ms (median)")
        others = [line.split("\t")[-1] for line in ORDINARY.read_text(encoding="utf-8").splitlines() if line]
        began = perf_counter()
        asked = [(question, [tool.name for tool in box.asked(question)]) for question in others * 100]
        print(f"an ordinary question costs {(perf_counter() - began) / len(asked) * 1e6:.0f} us")
        for question, tools in asked[: len(others)]:
            if tools:
                print(f"  {question} -> {tools}")


if __name__ == "__main__":
    anyio.run(main)
