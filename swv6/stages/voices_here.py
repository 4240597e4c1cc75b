"""Which voices of a language this machine could speak with now, without fetching anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from swv6.errors import UsageError
from swv6.models import catalog
from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile
from swv6.profiles.voices import with_voice
from swv6.stages.opening import weights
from swv6.stages.voices import tongue_of

VOICES = ("piper", "kokoro-voice")
"""Formats of the catalog's voices."""


@dataclass(frozen=True, slots=True)
class Known:
    """A profile and the weights on disk."""

    profile: Profile
    store: Store

    def voices(self, language: str) -> list[Choice]:
        """List the voices of a language: the profile's own first, then the catalog's.

        What needs no weights at all (espeak) is taken where nothing else is there.
        """
        own = [choice for choice in self.profile.tts if tongue_of(choice) == language]
        found = [choice for choice in (*own, *self._of_catalog(language)) if self._usable(choice)]
        once = {(choice.backend, choice.options.model_dump_json()): choice for choice in found or self._light(language)}
        return list(once.values())

    def _of_catalog(self, language: str) -> Iterator[Choice]:
        backends = [choice.backend for choice in self.profile.tts]
        models = [m for m in catalog.load().values() if m.format in VOICES and language in m.languages]
        for model in sorted(models, key=lambda m: not (m.format == "kokoro-voice" and "kokoro" in backends)):
            if self.store.exists(model.name):
                try:
                    yield with_voice(self.profile, voice=model.name).tts[0]
                except UsageError:  # its backend is not there
                    continue

    def _light(self, language: str) -> Iterator[Choice]:
        for name, offer in installed().backends("tts").items():
            if offer.warning or offer.missing():
                continue
            model = offer.options_model()
            spoken = {code.split("-")[0] for voice in offer.list_voices() for code in voice.languages}
            if language in spoken and "language" in model.model_fields:
                yield Choice(backend=name, options=model.model_validate({"language": language}), offer=offer)

    def _usable(self, choice: Choice) -> bool:
        """Whether a voice can be opened; the last resorts, of which something must be said first, are none."""
        here = all(self._there(value) for _, value, _ in weights(choice.options))
        return here and not choice.offer.warning and not choice.offer.missing(choice.options)

    def _there(self, value: str) -> bool:
        return self.store.exists(value) if value in catalog.load() else Path(value).expanduser().exists()
