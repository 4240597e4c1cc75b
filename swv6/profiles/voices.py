"""A profile with another voice, for one text."""

from __future__ import annotations

from difflib import get_close_matches
from math import log
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from swv6.errors import UsageError
from swv6.models import catalog
from swv6.plugins.manager import installed
from swv6.plugins.options import Weights
from swv6.profiles.schema import Choice, Profile

_BY_FORMAT = {"piper": "piper", "kokoro-voice": "kokoro"}
"""Format of a voice in the catalog -> the backend that speaks with it."""


def with_voice(profile: Profile, backend: str = "", voice: str = "", speed: float | None = None) -> Profile:
    """Change who speaks: only `backend`, with `voice`, at `speed` (1 is the voice's own); raises UsageError.

    A voice of the catalog, or one that a backend lists, brings its backend and its language.
    """
    known = catalog.load().get(voice)
    if known is not None:
        backend = backend or _BY_FORMAT.get(known.format, "")
        if len(known.languages) == 1 and known.languages[0] != profile.language:
            profile = profile.model_copy(update={"language": known.languages[0]})
    elif voice and (listed := _listed(voice, backend)):
        backend, language = listed
        profile = profile.model_copy(update={"language": language})
    chain = (_only(profile, backend),) if backend else profile.tts
    if voice:
        _must_exist(voice, chain[0])
        chain = (_changed(chain[0], profile, voice=voice), *chain[1:])
    if speed is not None:
        chain = tuple(_faster(choice, profile, speed) for choice in chain)
    return profile.model_copy(update={"tts": chain})


def audible(profile: Profile) -> Profile:
    """Leave out the last resorts, unless one is the first choice: a text read in silence has not been read."""
    chain = tuple(choice for choice in profile.tts if not choice.offer.warning)
    return profile.model_copy(update={"tts": chain}) if chain and not profile.tts[0].offer.warning else profile


def _listed(voice: str, backend: str) -> tuple[str, str] | None:
    """Give the backend that brings a voice, and the language of that; None where none does."""
    for name, offer in installed().backends("tts").items():
        for found in offer.list_voices() if backend in ("", name) and not offer.missing() else ():
            if found.name == voice:
                short = (code for code in found.languages if len(code) == 2)
                return name, next(short, voice.partition("-")[0])
    return None


def _only(profile: Profile, backend: str) -> Choice:
    """Give the profile's own entry of a backend, or one with its defaults."""
    for choice in profile.tts:
        if choice.backend == backend:
            return choice
    offers = installed().backends("tts")
    if (offer := offers.get(backend)) is None:
        raise UsageError(f"no voice backend is called {backend!r}; there are {', '.join(offers)}", "swv6 plugins list")
    model = offer.options_model()
    language = {"language": profile.language} if "language" in model.model_fields else {}
    return Choice(backend=backend, options=model(**language), offer=offer)


def _must_exist(voice: str, choice: Choice) -> None:
    """Raise UsageError for a voice that is neither in the catalog nor a file, where it has to be."""
    field = type(choice.options).model_fields.get("voice")
    mark = next((m for m in field.metadata if isinstance(m, Weights)), None) if field else None
    if mark is None or voice in (models := catalog.load()) or Path(voice).expanduser().exists():
        return
    fitting = [name for name, model in models.items() if model.format == mark.format]
    offers = [offer for offer in installed().backends("tts").values() if not offer.missing()]
    fitting += [found.name for offer in offers for found in offer.list_voices()]
    near = get_close_matches(voice, [name for name in fitting if len(name) > 2], n=1)  # "or" is like anything short
    raise UsageError(f"no voice is called {voice!r}" + (f": did you mean {near[0]}?" if near else ""), "swv6 voices")


def _faster(choice: Choice, profile: Profile, speed: float) -> Choice:
    """Set the speed in the backend's own measure."""
    fields = type(choice.options).model_fields
    if "words_per_minute" in fields:
        return _changed(choice, profile, words_per_minute=round(fields["words_per_minute"].default * speed))
    if choice.backend == "sapi":  # its scale: 10 is three times as fast
        return _changed(choice, profile, speed=round(10 * log(speed, 3)))
    return _changed(choice, profile, speed=speed) if "speed" in fields else choice


def _changed(choice: Choice, profile: Profile, **values: Any) -> Choice:
    """Validate an entry anew; raises UsageError."""
    model = type(choice.options)
    for name in values:
        if name not in model.model_fields:
            raise UsageError(f"{choice.backend} takes no {name}", f"swv6 plugins show {choice.backend}")
    if "language" in model.model_fields and "voice" in values:
        values = {"language": profile.language, **values}
    try:
        options = model(**{**choice.options.model_dump(exclude_unset=True), **values})
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        hint = f"swv6 plugins show {choice.backend}"
        raise UsageError(f"{choice.backend}: {where}: {problem['msg'].lower()}", hint) from error
    return choice.model_copy(update={"options": options})
