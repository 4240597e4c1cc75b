"""One way of speaking: a language, a voice and a speed, with the stages that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from swv6.conversation.voicing import speakable
from swv6.profiles import Choice, Profile
from swv6.profiles.voices import with_voice
from swv6.stages.build import Builder
from swv6.stages.filters import mapped
from swv6.stages.voices_here import Known
from swv6.types import STT, TTS, TextFilter, TranscriptFilter


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted."""

    language: str
    """ISO 639-1."""
    voice: Choice
    speed: float
    """1 is the voice's own."""

    @property
    def key(self) -> tuple[str, str, float]:
        """Tell it from others."""
        return self.language, name_of(self.voice), self.speed


@dataclass(frozen=True, slots=True)
class Way:
    """A wish that came true."""

    wish: Wish
    stt: STT
    tts: TTS
    speakable: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Ways:
    """Makes ways of speaking; their engines are closed with the builder."""

    builder: Builder
    speaking: Sequence[TextFilter]
    hearing: Sequence[TranscriptFilter]

    @property
    def profile(self) -> Profile:
        """The profile as it was written."""
        return self.builder.profile

    @property
    def first(self) -> Way:
        """The profile's own way."""
        profile = self.profile
        return self._made(Wish(profile.language[:2], profile.tts[0], _speed(profile)), self.builder)

    def voices(self, language: str) -> list[Choice]:
        """List the voices of a language that are installed."""
        return Known(self.profile, self.builder.store).voices(language)

    async def opened(self, wish: Wish) -> Way:
        """Open a voice; raises Unavailable when it cannot be, nor those that stand in for it."""
        variant = replace(self.builder, profile=self._changed(wish), chains={})
        self.builder.stack.callback(_close, variant)
        way = self._made(wish, variant)
        await variant.open("tts")
        return way

    def _changed(self, wish: Wish) -> Profile:
        """Put a voice first, then the others of its language and the last resorts; listen for both languages."""
        profile, language = self.profile, wish.language
        last = [choice for choice in profile.tts if choice.offer.warning or language in profile.languages]
        others = [choice for choice in (*self.voices(language), *last) if name_of(choice) != name_of(wish.voice)]
        changes = {"tts": (wish.voice, *others), "language": language}
        if language not in (profile.language[:2], *profile.languages):
            changes["stt"] = tuple(_hearing(choice, language, profile.language) for choice in profile.stt)
        changed = profile.model_copy(update=changes)
        return changed if wish.speed == _speed(profile) else with_voice(changed, speed=wish.speed)

    def _made(self, wish: Wish, builder: Builder) -> Way:
        return Way(
            wish,
            mapped(builder.chain("stt").stage, self.hearing),
            builder.chain("tts").stage,
            speakable(builder.profile.language, self.speaking, builder.profile.languages),
        )


def name_of(choice: Choice) -> str:
    """Tell a voice from others."""
    options = choice.options
    return " ".join((choice.backend, getattr(options, "voice", ""), getattr(options, "language", "")))


def _speed(profile: Profile) -> float:
    return float(getattr(profile.tts[0].options, "speed", 1.0) or 1.0)  # sapi's scale has its middle at 0


def _hearing(choice: Choice, *languages: str) -> Choice:
    """Let a recogniser that detects languages choose between these."""
    if "languages" not in type(choice.options).model_fields:
        return choice
    options = choice.options.model_copy(update={"language": "", "languages": languages})
    return choice.model_copy(update={"options": options})


def _close(builder: Builder) -> None:
    for chain in builder.chains.values():
        for link in chain.links:
            link.demand.close()
