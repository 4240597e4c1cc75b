"""A while before or after now, as it is asked about in French or English: "dans trois jours", "two hours ago"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins_builtin.tools import durations
from plugins_builtin.tools.tongue import folded

_LONG = re.compile(
    r"\b(?P<count>\d+|an?) (?:(?P<day>jours?|journees?|days?)|(?P<week>semaines?|weeks?))\b(?:'s?)?(?: time\b)?"
)
_DAY = 86_400
"""Seconds."""
_MOST = 100 * 366 * _DAY
"""Seconds: how far a calendar is looked at."""
_BEFORE = re.compile(r"\b(?:dans|d'ici|in|(?P<past>il y a))(?: exactement| exactly)? $")
_AFTER = re.compile(r" (?:from now|(?P<past>ago))\b")
_MORE = re.compile(r",? (?:et|and|below|\d+|format|clock)\b")
"""What makes it another while than the one that was understood."""
_UNIT = (
    r"(?:jours?|semaines?|mois|ans?|annees?|siecles?|h|heures?|minutes?|secondes?|"
    r"days?|weeks?|fortnight|months?|years?|hours?|seconds?)"
)
_NUMBER = r"(?!(?:la|le|les|cette|the|this)\b|(?:12|24) hour (?:format|clock))(?:[a-z]+'?|\d+)(?: [a-z]+'?)?"
CUE = rf"\b(?:dans|d'ici|il y a|in) ?{_NUMBER} ?\b{_UNIT}\b|\b{_UNIT} (?:ago|from now)\b"
"""A while that is asked about, understood or not."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far from now."""

    seconds: int
    """Negative before now."""
    words: str
    """How long, as it was said, in figures."""
    rest: str
    """What else was said, without accents."""


def shift(question: str) -> Shift | None:
    """Give the one while of a question; None where there is none, or a doubt."""
    text = durations.figured(question)
    for found in (*_LONG.finditer(text), *durations.DURATION.finditer(text)):
        before, after = text[: found.start()], text[found.end() :]
        lead, tail = _BEFORE.search(before), _AFTER.match(after)
        if (side := tail or lead) is None:
            continue
        rest = (before[: lead.start()] if lead else before) + (after[tail.end() :] if tail else after)
        seconds, past = _seconds(found), bool(side["past"])
        if _MORE.match(after) or not 0 < seconds <= _MOST or re.search(CUE, folded(rest)):
            return None
        return Shift(-seconds if past else seconds, found[0], rest)
    return None


def asked(question: str) -> bool:
    """Say whether a while before or after now is asked about, understood or not."""
    return re.search(CUE, folded(question)) is not None


def _seconds(found: re.Match[str]) -> int:
    if found.re is not _LONG:
        return next(iter(durations.all_of(found[0])), 0)
    count = int(found["count"]) if found["count"].isdigit() else 1
    return count * _DAY * (7 if found["week"] else 1)
