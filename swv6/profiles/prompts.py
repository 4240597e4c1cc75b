"""The system prompt as a template: `{date}` and its like, rendered once when a conversation begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING

from swv6.profiles.explain import nearest
from swv6.profiles.nodes import Node, Problem

if TYPE_CHECKING:
    from swv6.profiles.schema import Profile

VARIABLES = ("date", "weekday", "time", "language", "name")
"""Of a prompt; `time` is when the conversation began: what changes with each turn would have the model read everything
anew each time, so the time of day is a tool's affair."""

_WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    "en": "January, February, March, April, May, June, July, August, September, October, November, December",
}
_LANGUAGES = {
    "fr": {"fr": "français", "en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien"},
    "en": {"fr": "French", "en": "English", "de": "German", "es": "Spanish", "it": "Italian"},
}


def check(node: Node | None, problems: list[Problem]) -> None:
    """Append what is wrong with a prompt as it is written, at its own line."""
    if node is None or not isinstance(node.value, str):
        return
    try:
        fields = [field for _, field, spec, conversion in Formatter().parse(node.value) if field is not None]
        plain = all(not spec and not conversion for _, _, spec, conversion in Formatter().parse(node.value))
    except ValueError:
        fields, plain = [], False
    if not plain:
        text = (
            "found a conversion or a format (! or : in braces), which are not taken, expected {variable}"
            if fields
            else "found a single { or }, expected {variable}; write {{ and }} for braces that are meant"
        )
        problems.append(Problem(node.place, "prompt", text))
        return
    for field in dict.fromkeys(fields):
        if field not in VARIABLES:
            expected = f"expected one of {', '.join(f'{{{known}}}' for known in VARIABLES)}"
            problems.append(Problem(node.place, "prompt", f"found {{{field}}}, {expected}{nearest(field, VARIABLES)}"))


def variables(language: str, name: str, now: datetime) -> Mapping[str, str]:
    """Give what a prompt may name, in the prompt's language, or else in English."""
    code = language.partition("-")[0]
    words = code if code in _WEEKDAYS else "en"
    weekday, month = _WEEKDAYS[words][now.weekday()], _MONTHS[words].split(", ")[now.month - 1]
    day = "1er" if words == "fr" and now.day == 1 else str(now.day)
    french = words == "fr"
    return {
        "date": f"{weekday} {day} {month} {now.year}" if french else f"{weekday} {month} {day}, {now.year}",
        "weekday": weekday,
        "time": f"{now.hour} h {now.minute:02d}" if french else f"{now:%H:%M}",
        "language": _LANGUAGES[words].get(code, code),
        "name": name,
    }


def prompted(profile: Profile, now: datetime | None = None) -> Profile:
    """Render a profile's prompt, once for a whole conversation: the model keeps what it has read of it."""
    now = datetime.now().astimezone() if now is None else now
    # not `format`: only names are looked up, and only ours; `check` let nothing else pass
    values = variables(profile.language, profile.assistant, now)
    pieces = Formatter().parse(profile.prompt)
    text = "".join(literal + (values[field] if field is not None else "") for literal, field, _, _ in pieces)
    return profile.model_copy(update={"prompt": text})
