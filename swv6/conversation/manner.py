"""How answers are spoken now: what a tool has changed holds once its answer is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from swv6.conversation.ways import Way, Ways, Wish, name_of
from swv6.stages.answers.apology import apologetic, misheard
from swv6.stages.streams import owned
from swv6.telemetry.events import Event, ReplyEnded, ReplyText, Report
from swv6.text.tongues import Tongues
from swv6.types import Audio, Chat, Message, Transcript

SLOWEST, FASTEST = 0.6, 1.8
"""Of the voice's own speed: beyond them it is hard to follow."""
_ONLY = {
    "de": "Antworte ab jetzt nur auf Deutsch.",
    "en": "From now on, answer in English only.",
    "es": "A partir de ahora responde solo en español.",
    "fr": "À partir de maintenant, réponds uniquement en français.",
    "it": "Da ora in poi rispondi solo in italiano.",
    "pt": "A partir de agora responde só em português.",
}


@dataclass(slots=True)
class Manner:
    """The language, voice and speed of a conversation; what an unheard answer has changed is taken back."""

    ways: Ways
    _now: Way = field(init=False)
    _heard: Way = field(init=False)
    """That of the last answer that was given."""
    _known: dict[tuple[str, str, float], Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._now = self._heard = self.ways.first
        self._known[self._now.wish.key] = self._now

    @property
    def language(self) -> str:
        """ISO 639-1 code of what is said now."""
        return self._now.wish.language

    @property
    def speed(self) -> float:
        """1 is the voice's own."""
        return self._now.wish.speed

    def answering(self, question: str) -> str:
        """Give the language of an answer: the question's own, where the profile has several and none was asked for."""
        own = self.ways.profile.languages
        return Tongues((self.language, *own))(question) if own and not self._asked_for else self.language

    def speaks(self, language: str) -> bool:
        """Say whether a voice of a language is installed."""
        return bool(self.ways.voices(language))

    async def speak(self, language: str) -> bool:
        """Answer in another language, with a voice of it; False where none is installed."""
        voices = self.ways.voices(language)
        if voices and language != self.language:
            wish = self._now.wish
            keeps = language in self.ways.profile.languages
            await self._become(replace(wish, language=language, voice=wish.voice if keeps else voices[0]))
        return bool(voices)

    async def other_voice(self) -> bool:
        """Take the next voice of the language that is installed; False where there is no other one."""
        voices, now = self.ways.voices(self.language), name_of(self._now.wish.voice)
        others = [voice for voice in voices if name_of(voice) != now]
        if others:
            at = next((i for i, voice in enumerate(voices) if name_of(voice) == now), -1)
            await self._become(replace(self._now.wish, voice=voices[(at + 1) % len(voices)]))
        return bool(others)

    async def at_speed(self, speed: float) -> None:
        """Speak faster or more slowly, between SLOWEST and FASTEST."""
        await self._become(replace(self._now.wish, speed=round(min(FASTEST, max(SLOWEST, speed)), 2)))

    async def _become(self, wish: Wish) -> None:
        """Change once the voice is open; raises Unavailable when it cannot be."""
        if wish.key not in self._known:
            self._known[wish.key] = await self.ways.opened(wish)
        self._now = self._known[wish.key]

    def forget(self) -> None:
        """Take back what an answer has changed that nobody heard."""
        self._now = self._heard

    def heard(self, report: Report) -> Report:
        """Pass events on; the text of an answer means that it is given."""

        def listen(event: Event, /) -> None:
            report(event)
            if isinstance(event, ReplyText | ReplyEnded):
                self._heard = self._now

        return listen

    def tts(self, words: str, /) -> AsyncIterator[Audio]:
        """Speak a clause with the voice of now."""
        return self._now.tts(words)

    def stt(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        """Hear the language of now, and the profile's own."""
        return self._now.stt(audio)

    def speakable(self, text: str) -> str:
        """Write a clause as it is said in the language of now."""
        return self._now.speakable(text)

    def sorry(self) -> str:
        """Give the apology for a question that could not be recognised."""
        return misheard(self.language)

    async def llm(self, chat: Chat, /) -> AsyncIterator[str]:
        """Answer in the language of now, or apologise in it."""
        stage = apologetic(self.ways.builder.chain("llm").stage, self.language)
        async with owned(stage(self.told(chat))) as deltas:
            async for delta in deltas:
                yield delta

    def told(self, chat: Chat) -> Chat:
        """Say in the system prompt which language was asked for, where it is not the profile's own."""
        if not self._asked_for or not chat or chat[0].role != "system":
            return chat
        only = _ONLY.get(self.language, f"From now on, answer in {self.language} only.")
        return (Message("system", f"{chat[0].text}\n{only}"), *chat[1:])

    @property
    def _asked_for(self) -> bool:
        return self.language != self.ways.profile.language[:2]
