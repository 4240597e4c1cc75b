"""What somebody wants to be reminded of: "rappelle-moi de sortir le gâteau dans dix minutes"."""

from __future__ import annotations

import re
import unicodedata

from plugins_builtin.tools import durations

_ASK = (
    r"\b(?:(?:rappel\w*|pr[ée]viens|pr[ée]venez|avertis|avertissez)[- ](?:moi|nous)|(?:me|nous) rappeler|"
    r"remind (?:me|us))"
)
_WHEN = r"(?:dans|d'ici|à|vers|in|at)"
_OF = r"(?:de |d'(?!ici\b)|to )"
_WHAT_FIRST = re.compile(rf"{_ASK} {_OF}(?P<what>.+)[ ,]+{_WHEN} (?P<when>.+)$", re.IGNORECASE)
_WHEN_FIRST = re.compile(rf"{_ASK},? {_WHEN} (?P<rest>.+)$", re.IGNORECASE)
_PLEASE = re.compile(r"[ ,]+(?:s'il (?:te|vous) pla[iî]t|stp|svp|please|merci)$", re.IGNORECASE)
_CLOCK = re.compile(r"midi\b|minuit\b|noon\b|midnight\b|\d{1,2}(?::\d\d|\b)", re.IGNORECASE)
_LONGEST = 120
"""Characters that are said again."""


def reason(question: str) -> str:
    """Give what is to be done then, as it was said; empty where there is nothing, or a doubt."""
    text = _PLEASE.sub("", " ".join(unicodedata.normalize("NFC", question).replace("’", "'").split()).strip(" .!?…"))
    if found := _WHAT_FIRST.search(text):
        return _certain(found["when"], found["what"])
    if found := _WHEN_FIRST.search(text):
        rest = found["rest"]
        for cut in re.finditer(rf"[ ,]+{_OF}", rest, re.IGNORECASE):
            if what := _certain(rest[: cut.start()], rest[cut.end() :]):
                return what
    return ""


def _certain(when: str, what: str) -> str:
    """Give what is to be done, where the one is a time and the other is none."""
    what = _PLEASE.sub("", what.strip(" ,"))
    timely = durations.all_of(when) or _CLOCK.match(when)
    return what if timely and what and len(what) <= _LONGEST and not durations.all_of(what) else ""
