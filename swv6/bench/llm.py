"""What a language model costs: its first token cold and warm, its speed, and how soon it obeys a cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

import anyio

from swv6.bench.control import Control
from swv6.bench.series import Rounds, Section, Series
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.profiles.schema import Caches
from swv6.stages.build import build
from swv6.stages.streams import owned
from swv6.telemetry.events import nobody
from swv6.types import LLM, Chat, Message

QUESTIONS = {
    "fr": (
        "Raconte-moi une histoire de dragon.",
        "Et ensuite ?",
        "Décris-moi le château.",
        "Qui vivait là ?",
        "Comment finit-elle ?",
    ),
    "en": (
        "Tell me a story about a dragon.",
        "And then?",
        "Describe the castle to me.",
        "Who lived there?",
        "How does it end?",
    ),
}
TOKENS = 32
"""Deltas of an answer that are waited for: about two spoken sentences."""
EARLY = 4
"""Deltas after which a model that speaks is interrupted."""
READING = 0.15
"""Seconds after which a model that reads is interrupted; a long prompt takes longer on any processor."""
LONG = 120
"""How often a sentence of eight words is repeated in the long prompt."""
SETTLE = 0.25
"""Seconds between two requests, so that what was left behind by the first costs the second nothing."""
KINDS = (
    Series("warm", "first token, known conversation", "s", beside="cold", group="answering"),
    Series("cold", "first token, unknown conversation", "s", group="answering"),
    Series("speed", "speed of writing", "tok/s", better="more", group="answering"),
    Series("leave.writing", "cancelled while it writes: free after", "s", group="interrupting"),
    Series("after.writing", "... and first token of the next", "s", beside="warm", group="interrupting"),
    Series("leave.reading", "cancelled while it reads: free after", "s", group="interrupting"),
    Series("after.reading", "... and first token of the next", "s", beside="warm", group="interrupting"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, or its beginning."""

    text: str
    first: float
    """Seconds to the first delta; 0 when there was none."""
    speed: float
    """Deltas a second after the first; 0 when there were no two. llama.cpp gives a delta for each token."""
    left: float = 0.0
    """Seconds that leaving the stream took."""


async def measure(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Ask cold, warm, and after interruptions, in turns; every round begins a conversation nobody has read."""
    rounds, control = Rounds(KINDS), Control()
    async with build(profile.model_copy(update={"cache": Caches()}), store, nobody) as builder:
        chain = builder.chain("llm")
        await builder.warm("llm", (*_chat(profile)[:-1], Message("user", "Bonjour")))
        for number in range(runs):
            control.tick()
            told(f"llm: round {number + 1} of {runs}")
            await _round(chain.fresh, profile, rounds)
        used = next((link.name for link in chain.links if ("llm", link.name) in builder.opened), "")
    notes = [f"model: {used}", "a token is a delta of the stream"]
    if not rounds.found.get("leave.reading"):
        notes.append(f"it read a long prompt within {READING:.2f} s, before it could be interrupted")
    return Section("llm", "Thinking", rounds.series(), control.series, tuple(notes))


async def _round(llm: LLM, profile: Profile, rounds: Rounds) -> None:
    chat = _chat(profile)
    cold = await answered(llm, chat)
    known = (*chat, Message("assistant", cold.text or "…"))
    then, castle, who, end = (Message("user", text) for text in _questions(profile)[1:])
    warm = await answered(llm, (*known, then))
    rounds.add("cold", cold.first)
    rounds.add("warm", warm.first)
    rounds.add("speed", warm.speed or cold.speed)
    cut = await answered(llm, (*known, castle), EARLY, settle=0)
    rounds.add("leave.writing", cut.left)
    rounds.add("after.writing", (await answered(llm, (*known, who))).first)
    left = await _cut_reading(llm, known)
    if left is not None:
        rounds.add("leave.reading", left)
        rounds.add("after.reading", (await answered(llm, (*known, end))).first)


async def answered(llm: LLM, chat: Chat, most: int = TOKENS, settle: float = SETTLE) -> Said:
    """Take the first `most` deltas of an answer, leave, and give the model time to stop."""
    began, times, said = perf_counter(), list[float](), list[str]()
    async with owned(llm(chat)) as deltas:
        async for delta in deltas:
            times.append(perf_counter() - began)
            said.append(delta)
            if len(said) == most:
                break
        leaving = perf_counter()
    left = perf_counter() - leaving
    await anyio.sleep(settle)
    speed = (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 and times[-1] > times[0] else 0.0
    return Said("".join(said), times[0] if times else 0.0, speed, left)


async def _cut_reading(llm: LLM, known: Chat) -> float | None:
    """Interrupt a model that reads a long question; give the seconds until we are free, None when it had answered."""
    chat = (*known, Message("user", "Le chat dort sur le tapis du salon. " * LONG))
    cancelled, began_to_answer = 0.0, False
    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as tasks:

            async def cut() -> None:
                nonlocal cancelled
                await anyio.sleep(READING)
                cancelled = perf_counter()
                scope.cancel()

            tasks.start_soon(cut)
            async with owned(llm(chat)) as deltas:
                async for _ in deltas:
                    began_to_answer = True
                    break
            tasks.cancel_scope.cancel()
    left = perf_counter() - cancelled
    return None if began_to_answer or not cancelled else left


def _chat(profile: Profile) -> Chat:
    """Begin a conversation whose very first words nobody has read: no prompt cache knows it."""
    return (Message("system", f"{uuid4().hex}\n{profile.prompt}"), Message("user", _questions(profile)[0]))


def _questions(profile: Profile) -> tuple[str, ...]:
    return QUESTIONS["fr" if profile.language.startswith("fr") else "en"]
