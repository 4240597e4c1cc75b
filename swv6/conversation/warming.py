"""Speak common phrases before anybody needs them, so that the cache has them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from importlib import resources

from swv6.conversation.voicing import voiced
from swv6.errors import UsageError
from swv6.stages.answers.apology import apology
from swv6.stages.streams import owned
from swv6.telemetry.events import CacheUsed, Event
from swv6.text.sentences import clauses
from swv6.types import TTS


@dataclass(slots=True)
class Warmed:
    """What became of the phrases; a listener that counts."""

    spoken: int = 0
    there: int = 0
    _hit: bool = False

    def __call__(self, event: Event) -> None:
        """Take in one event."""
        if isinstance(event, CacheUsed) and event.kind == "tts":
            self._hit = event.hit

    def count(self) -> None:
        """Count the clause that was just asked for; the last voice asked is the one that answered."""
        self.there += self._hit
        self.spoken += not self._hit
        self._hit = False


def shipped(language: str) -> list[str]:
    """Give the common phrases of a language, the conversation's own apology among them; raises UsageError."""
    code = language.partition("-")[0]
    file = resources.files("swv6.text") / f"phrases.{code}.txt"
    if not file.is_file():
        raise UsageError(f"there is no list of phrases in {language}", "swv6 cache warm PHRASES.txt")
    return lines([*file.read_text(encoding="utf-8").splitlines(), apology(language)])


def lines(text: Iterable[str]) -> list[str]:
    """Give each phrase once, without comments."""
    found = (line.strip().lstrip("\ufeff") for line in text)
    return list(dict.fromkeys(line for line in found if line and not line.startswith("#")))


async def warm(
    phrases: Iterable[str], tts: TTS, speakable: Callable[[str], str], warmed: Warmed, done: Callable[[], None]
) -> None:
    """Ask for every clause of every phrase as a conversation would; `done` is called after each phrase.

    Raises Unavailable when no voice can speak.
    """
    for phrase in phrases:
        async with owned(clauses(_whole(phrase))) as pieces:
            async for words in pieces:
                if said := speakable(words):
                    async with owned(voiced(tts, said)) as sounds:
                        async for _ in sounds:
                            pass
                    warmed.count()
        done()


async def _whole(text: str) -> AsyncIterator[str]:
    yield text
