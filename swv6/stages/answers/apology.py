"""Saying sorry aloud when no model could answer: silence is no answer to somebody who listens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from swv6.errors import BackendError, Unavailable
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

MISHEARD = {
    "de": "Entschuldigung, ich konnte das nicht verstehen.",
    "en": "Sorry, I could not make that out.",
    "es": "Lo siento, no he podido entenderlo.",
    "fr": "Désolé, je n'ai pas pu comprendre ce que vous avez dit.",
    "it": "Mi dispiace, non ho potuto capire.",
    "nl": "Sorry, dat kon ik niet verstaan.",
    "pt": "Desculpe, não consegui entender.",
}
"""For a recogniser that failed."""
_END = "\n"
"""Ends a sentence for certain: what is not certain is lost with the error that follows."""


class Apologised(Broken):
    """No backend could answer, and that was said; its text is the reason."""

    def __init__(self, reason: BackendError) -> None:
        super().__init__(str(reason), None)
        self.hint = ""


def apology(language: str) -> str:
    """Give an apology in the user's language, or in English."""
    return APOLOGIES.get(language.partition("-")[0], APOLOGIES["en"])


def misheard(language: str) -> str:
    """Give an apology for a question that could not be recognised, in the user's language or in English."""
    return MISHEARD.get(language.partition("-")[0], MISHEARD["en"])


def only(words: str, error: BackendError) -> Stage[R, str]:
    """Give a stage that says `words` and raises Apologised, whatever it is asked."""

    async def run(request: R, /) -> AsyncIterator[str]:
        yield f"{words}{_END}"
        raise Apologised(error)

    return run


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
        yield f"{apology(language)}{_END}"
        raise Apologised(reason) from reason

    return run
