"""Wishes for a timer, as they are said in French or English."""

from __future__ import annotations

import re
from typing import Any

from plugins_builtin.tools import durations
from plugins_builtin.tools.tongue import folded

_NUMBER = (
    r"(?:\d|une?\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|demi|"
    r"\ban?\b|one|two|three|four|five|seven|eight|nine|ten|fifteen|twenty|thirty|forty|half)"
)
_SPAN = rf"(?:\d ?h(?: ?\d|\b)|{_NUMBER}.*(?:seconde?s?|minutes?|heures?|hours?|\b(?:h|min|mn|sec)\b|\d[hms]))"
_CLOCK = r"\b(?:minuteries?|minuteurs?|comptes? a rebours|timers?|chronos?|chronometres?|countdowns?|alarme?s?)\b"
_CALL = (
    r"\b(?:previe\w*|prevenir|rappel\w*|averti\w*|reveill\w*|alert\w*|sonne\w*|signe|signal\w*|"
    r"remind|wake|warn|ping)\b"
)
_IN = r"\b(?:dans|apres|au bout d\w*|d'ici|ici|quand|in|after)\b"
_CERTAIN = (
    rf"{_CLOCK}.*{_NUMBER}|{_NUMBER}.*{_CLOCK}",
    rf"{_CALL}.*{_IN}.*{_SPAN}|{_IN} {_SPAN}.*{_CALL}",
    rf"\b(?:compte|decompte|attends)\b.*{_SPAN}",
    rf"\b(?:met[sz]?|mes|lance\w*|demarre\w*|programme\w*|regle\w*|fais|ajoute)\b.*\bminut.*\b{_SPAN}",
)
TRIGGERS = (
    *_CERTAIN,
    r"\b(?:timer|countdown|count down)\b",
    rf"{_IN} {_SPAN}.*\b(?:moi|me)\b|\b(?:moi|me)\b.*{_IN} {_SPAN}",
)
"""Beside what is certain: what somebody is to do for the speaker in a while, which is left to the model."""


def read(question: str) -> dict[str, Any] | None:
    """Give the one duration of a certain wish; None where there is a doubt."""
    text = folded(question)
    seconds = durations.certain(question) if any(re.search(wish, text) for wish in _CERTAIN) else 0
    return {"duration": f"{seconds} s"} if seconds else None
