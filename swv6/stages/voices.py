"""Voices by language: each clause is spoken by those of its own language first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from swv6.models import catalog
from swv6.profiles import Choice, Profile
from swv6.stages.fallback import Named, first_of
from swv6.stages.streams import owned
from swv6.telemetry.events import Report
from swv6.text.tongues import language_of
from swv6.types import TTS, Audio, Stage


def tongue_of(choice: Choice) -> str:
    """Give the language of a voice: what the catalog says of it, else its option; empty for one that speaks any."""
    model = catalog.load().get(str(getattr(choice.options, "voice", "")))
    if model is not None and len(model.languages) == 1:
        return model.languages[0]
    return str(getattr(choice.options, "language", ""))[:2]


def order(tongues: Sequence[str], language: str) -> list[int]:
    """Order voices for a language: its own first, then those of any, then the others; each as the profile has them."""
    rank = [0 if tongue == language else 1 if not tongue else 2 for tongue in tongues]
    return sorted(range(len(rank)), key=rank.__getitem__)


def joined(stages: Named[Any, Any], kind: str, profile: Profile, report: Report, empty: bool) -> Stage[Any, Any]:
    """Make a chain of stages: by the profile's order, or for voices of several languages by each clause's language.

    `empty` says whether a stream without an item is a failure.
    """
    if kind != "tts" or not profile.languages:
        return first_of(stages, kind, report, empty)
    tongues = [tongue_of(choice) for choice in profile.tts]
    chains = {
        language: first_of([stages[at] for at in order(tongues, language)], kind, report, empty)
        for language in {*profile.languages, profile.language}
    }
    return by_language(chains, profile.language)


def by_language(voices: Mapping[str, TTS], otherwise: str) -> TTS:
    """Speak each clause with the voices of the language that it is marked with."""

    async def run(words: str, /) -> AsyncIterator[Audio]:
        stage = voices.get(language_of(words, otherwise), voices[otherwise])
        async with owned(stage(words)) as sounds:
            async for sound in sounds:
                yield sound

    return run
