"""What a voice costs: its first sound, its speed, and what a kept answer saves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from time import perf_counter

from swv6.bench.control import Control
from swv6.bench.ends import first_audible
from swv6.bench.series import Rounds, Section, Series
from swv6.conversation.voicing import speakable
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.profiles.schema import Caches, Limits
from swv6.stages.build import build
from swv6.stages.devices import open_filters
from swv6.stages.streams import owned
from swv6.telemetry.events import nobody
from swv6.text.sentences import clauses
from swv6.types import TTS

TEXTS = {
    "fr": (
        "Bonjour, je suis là.",
        "Il y a sept jours dans une semaine, et le premier est le lundi.",
        "La lumière du soleil est diffusée par l'air, et le bleu l'est plus que le rouge. C'est pour cela que le ciel "
        "paraît bleu quand il fait jour, et rouge quand le soleil se couche.",
    ),
    "en": (
        "Hello, here I am.",
        "There are seven days in a week, and the first one is Monday.",
        "The light of the sun is scattered by the air, and blue more than red. This is why the sky looks blue during "
        "the day, and red when the sun goes down.",
    ),
}
"""A short, a middling and a long answer."""
LENGTHS = ("short", "sentence", "long")
_MEMORY = Caches(tts=Limits(max_bytes=100_000_000, ttl=3600))
"""In memory only: what lies on disk from earlier runs is neither used nor touched."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One text spoken."""

    first: float
    """Seconds to the first sample that can be heard, the quiet before it included."""
    elapsed: float
    """Seconds of work for all of it."""
    seconds: float
    """Seconds of sound."""


def kinds() -> list[Series]:
    """Say what is measured."""
    found = list[Series]()
    for name in LENGTHS:
        group = f"{name} text"
        found += [
            Series(f"{name}.first", "first sound, clause by clause", "s", beside=f"{name}.whole", group=group),
            Series(f"{name}.whole", "first sound, the text in one piece", "s", group=group),
            Series(f"{name}.cached", "first sound, said before (memory)", "s", beside=f"{name}.first", group=group),
            Series(f"{name}.rtf", "seconds of work for a second of sound", "x", group=group),
        ]
    return found


async def measure(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Say three texts clause by clause, whole, and from memory, in turns; no answer comes from the disk."""
    rounds, control = Rounds(kinds()), Control()
    texts = TEXTS["fr" if profile.language.startswith("fr") else "en"]
    async with build(profile.model_copy(update={"cache": _MEMORY}), store, nobody) as builder:
        words = speakable(profile.language, await open_filters(builder, "text_filters"))
        await builder.warm("tts", words(texts[0]))
        chain = builder.chain("tts")
        for number in range(runs):
            for name, text in zip(LENGTHS, texts, strict=True):
                control.tick()
                pieces = [said async for clause in clauses(_once(text)) if (said := words(clause))]
                ways = [("first", pieces), ("whole", [words(text)])]
                for way, parts in ways if number % 2 else reversed(ways):
                    heard = await spoken(chain.fresh, parts)
                    rounds.add(f"{name}.{way}", heard.first)
                    if way == "first":
                        rounds.add(f"{name}.rtf", heard.elapsed / heard.seconds)
                await _cached(chain.stage, pieces, name, rounds)
                told(f"say: {name}, round {number + 1} of {runs}")
        used = next((link.name for link in chain.links if ("tts", link.name) in builder.opened), "")
    return Section("say", "Speaking", rounds.series(), control.series, (f"voice: {used}",))


async def _cached(stage: TTS, pieces: list[str], name: str, rounds: Rounds) -> None:
    """Say it once more than is counted: the first time fills the memory."""
    if not rounds.found.get(f"{name}.cached"):
        await spoken(stage, pieces)
    rounds.add(f"{name}.cached", (await spoken(stage, pieces)).first)


async def spoken(stage: TTS, pieces: list[str]) -> Heard:
    """Speak the pieces one after the other, as fast as they come."""
    began, first, seconds = perf_counter(), 0.0, 0.0
    for piece in pieces:
        async with owned(stage(piece)) as sounds:
            async for sound in sounds:
                at = None if first else first_audible(sound.samples)
                if at is not None:
                    first = perf_counter() - began + seconds + at / sound.rate
                seconds += sound.seconds
    elapsed = perf_counter() - began
    return Heard(first or elapsed, elapsed, seconds)


async def _once(text: str) -> AsyncIterator[str]:
    yield text
