"""Speak one clause with a chain of voices: what is said is never said twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from swv6.conversation.history import CHARACTERS_PER_SECOND
from swv6.stages.fallback import Broken
from swv6.stages.filters import applied
from swv6.stages.streams import owned
from swv6.text.tongues import Said, Tongues
from swv6.types import TTS, Audio, TextFilter


async def voiced(tts: TTS, words: str) -> AsyncIterator[Audio]:
    """Stream one clause; a voice that dies half-way is followed by the next one on the words that are left.

    Raises Unavailable when no voice could begin, Broken when the last one died half-way.
    """
    chain: TTS | None = tts
    said = 0.0
    while chain is not None and words:
        try:
            async with owned(chain(words)) as sounds:
                async for sound in sounds:
                    said += sound.seconds
                    yield sound
            return
        except Broken as broken:
            if broken.rest is None:
                raise
            left = unsaid(words, said)
            chain, words = broken.rest, Said(left, words.language) if isinstance(words, Said) else left


def unsaid(words: str, said: float) -> str:
    """Return the words that `said` seconds of sound did not reach; in doubt a word is left out, never said twice."""
    at = int(said * CHARACTERS_PER_SECOND)
    return words[at:].partition(" ")[2].strip() if at else words


def speakable(language: str, filters: Sequence[TextFilter] = (), languages: Sequence[str] = ()) -> Callable[[str], str]:
    """Return a function from a clause as written to the words said; empty when there is nothing to say.

    With several `languages` each clause is said in its own, and marked with it.
    """
    first = (language,) if language in languages else ()
    tongues = Tongues(tuple(dict.fromkeys((*first, *languages)))) if languages else None

    def words(text: str) -> str:
        from swv6.text.spoken import spoken

        for change in filters:
            text = applied(change, text)
        own = tongues(text) if tongues else language
        said = spoken(text, own)
        if not any(c.isalnum() for c in said):
            return ""
        return Said(said, own) if tongues else said

    return words
