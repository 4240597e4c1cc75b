"""What the default model still knows of turns that it is not told any more: their summary, and answers from it.

python benchmarks/spoken_memory.py
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import anyio

from swv6.conversation.history import History
from swv6.conversation.room import Room
from swv6.conversation.summarising import Summariser
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.profiles.prompts import prompted
from swv6.stages.build import build
from swv6.telemetry.events import nobody
from swv6.types import LLM, Chat

TOLD = Path(__file__).parent.parent / "tests" / "conversation" / "told.fr.tsv"
SAID = ("Raconte-moi une blague.", "Un fou repeint son plafond. Un autre arrive : accroche-toi au pinceau !")
"""A turn that comes after what is dropped."""


async def answered(llm: LLM, chat: Chat) -> str:
    """Give a whole answer."""
    return "".join([delta async for delta in llm(chat)])


async def known(llm: LLM, prompt: str, lines: list[list[str]]) -> tuple[int, int]:
    """Sum up one conversation, ask what was told in it, and count right answers and questions."""
    history = History(prompt, room=Room(10_000))
    for (_, question), (_, answer) in zip(*[iter(line for line in lines if line[0] != "?")] * 2, strict=True):
        history.asked(question)
        history.answered(answer)
    began = perf_counter()
    async with anyio.create_task_group() as tasks:
        summing = Summariser(llm, tasks, "fr")
        summing.remember(history)
        history.next_summary = await summing.asked(history.chat())
    print(f"{perf_counter() - began:5.1f} s  {history.next_summary}")
    history.asked(SAID[0])
    history.answered(SAID[1])
    history.since, history.summary, history.next_summary = len(history.messages) - 2, history.next_summary, ""
    history.quotes = history.quote(history.messages[: history.since])
    good = 0
    questions = [line for line in lines if line[0] == "?"]
    for _, question, *wanted in questions:
        said = await answered(llm, history.with_question(question))
        right = all(any(word in said.lower() for word in one.split("|")) for one in wanted)
        good += right
        print(f"    {'ok ' if right else 'NO '} {question} {said}", flush=True)
    return good, len(questions)


async def main() -> None:
    """Go through every conversation."""
    profile = prompted(resolve("default", ["llm.xllamacpp.temperature=0"]))
    blocks = TOLD.read_text(encoding="utf-8").split("\n\n")
    good = asked = 0
    async with build(profile, Store(), nobody) as builder:
        llm = builder.chain("llm").stage
        for block in blocks:
            lines = [line.split("\t") for line in block.splitlines() if not line.startswith("//")]
            more, questions = await known(llm, profile.prompt, lines)
            good, asked = good + more, asked + questions
    print(f"{good} of {asked} answered rightly")


if __name__ == "__main__":
    anyio.run(main)
