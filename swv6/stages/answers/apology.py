"""Saying sorry aloud when no model could answer: silence is no answer to somebody who listens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from swv6.errors import Unavailable
from swv6.stages.fallback import Broken
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")

APOLOGIES = {
    "de": "Entschuldigung, ich kann gerade nicht antworten.",
    "en": "Sorry, I cannot answer right now.",
    "es": "Lo siento, no puedo responder ahora.",
    "fr": "Désolé, je n'arrive pas à répondre.",
    "it": "Mi dispiace, non riesco a rispondere.",
    "nl": "Sorry, ik kan nu niet antwoorden.",
    "pt": "Desculpe, não consigo responder agora.",
}


class Apologised(Broken):
    """No backend could answer, and that was said; its text is the reason."""

    def __init__(self, reason: Unavailable) -> None:
        super().__init__(str(reason), None)
        self.hint = ""


def apology(language: str) -> str:
    """Give an apology in the user's language, or in English."""
    return APOLOGIES.get(language.partition("-")[0], APOLOGIES["en"])


def apologetic(stage: Stage[R, str], language: str) -> Stage[R, str]:
    """Give an apology before raising Apologised, when none of a chain could begin an answer."""

    async def run(request: R, /) -> AsyncIterator[str]:
        try:
            async with owned(stage(request)) as deltas:
                async for delta in deltas:
                    yield delta
            return
        except Broken as broken:
            if broken.rest is not None:
                raise Broken(str(broken), apologetic(broken.rest, language)) from broken
            raise
        except Unavailable as error:
            reason = error
        yield apology(language)
        raise Apologised(reason) from reason

    return run
