"""What the command line asks of recognisers, laid on a resolved profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from swv6.errors import UsageError
from swv6.profiles import Choice, Profile
from swv6.profiles.languages import ISO_639_1


@dataclass(frozen=True, slots=True)
class Wish:
    """One option that some backend must have."""

    flag: str
    """What the user wrote."""
    option: str
    value: Any
    needed: bool = True
    """False: recognisers that lack the option are left as they are."""


def numbers(profile: Profile, writing: str) -> Profile:
    """Have numbers written as `digits` or `words`, by the filter of the profile that does so.

    Raises UsageError when the profile has none, or for another writing.
    """
    flag, chosen = f"--numbers {writing}", list(profile.transcript_filters)
    at = next((n for n, choice in enumerate(chosen) if choice.backend == "numbers"), None)
    if at is None:
        raise UsageError(f"{flag}: the profile {profile.name} has no such filter", "transcript_filters: [numbers]")
    chosen[at] = _with(chosen[at], Wish(flag, "write", writing))
    return profile.model_copy(update={"transcript_filters": tuple(chosen)})


def granted(profile: Profile, wishes: Iterable[Wish]) -> Profile:
    """Set the options on every recogniser of the profile that has them.

    Raises UsageError for a wish that no recogniser of the profile knows, or a value that one refuses.
    """
    stt = profile.stt
    for wish in wishes:
        if wish.needed and not any(wish.option in type(choice.options).model_fields for choice in stt):
            names = ", ".join(choice.backend for choice in stt)
            raise UsageError(f"{wish.flag}: {names} cannot do that", "swv6 profiles list, or another --profile")
        stt = tuple(_with(choice, wish) for choice in stt)
    return profile.model_copy(update={"stt": stt})


def _with(choice: Choice, wish: Wish) -> Choice:
    model = type(choice.options)
    if wish.option not in model.model_fields:
        return choice
    values = {name: getattr(choice.options, name) for name in choice.options.model_fields_set}
    try:
        options = model.model_validate({**values, wish.option: wish.value})
    except ValidationError as error:
        raise UsageError(f"{wish.flag}: {error.errors()[0]['msg']}", "swv6 profiles schema") from error
    return choice.model_copy(update={"options": options})


def engine_options(texts: Iterable[str], profile: Profile) -> list[Wish]:
    """Read `KEY=VALUE` texts, values as YAML; raise UsageError for what is none, naming the options there are."""
    known = sorted({name for choice in profile.stt for name in type(choice.options).model_fields})
    wishes = list[Wish]()
    for text in texts:
        key, equals, value = text.partition("=")
        flag = f"--engine-options {text}"
        if not equals or key.strip() not in known:
            what = f"no option is called {key.strip()}" if equals else "expected KEY=VALUE"
            raise UsageError(f"{flag}: {what}", f"KEY is one of {', '.join(known)}")
        try:
            wishes.append(Wish(flag, key.strip(), yaml.safe_load(value)))
        except yaml.YAMLError as error:
            raise UsageError(f"{flag}: the value cannot be read", "for example beam_size=5") from error
    return wishes


def language(text: str) -> list[Wish]:
    """Read `--language`: a code; `auto`, which is French or English as heard; or several codes, heard among those."""
    codes = [code.strip().lower() for code in text.split(",") if code.strip()]
    unknown = [code for code in codes if code != "auto" and code.split("-")[0] not in ISO_639_1]
    if unknown or not codes:
        what = f"--language {text}: {', '.join(unknown) or 'nothing'} is no language"
        raise UsageError(what, "for example fr, en, auto or fr,en,de")
    flag = f"--language {text}"
    if len(codes) == 1 and codes != ["auto"]:
        return [Wish(flag, "language", codes[0])]
    among = [code for code in codes if code != "auto"] or ["fr", "en"]
    return [Wish(flag, "language", ""), Wish(flag, "languages", tuple(among), needed=False)]
