"""Wishes for a timer or an alarm, as they are said in French or English."""

from __future__ import annotations

import re
from typing import Any

from plugins_builtin.tools import durations
from plugins_builtin.tools.tongue import folded

_NUMBER = (
    r"(?:\d|une?\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|demi|"
    r"\ban?\b|one|two|three|four|five|seven|eight|nine|ten|fifteen|twenty|thirty|forty|half|"
    r"zero|soixante|cents?\b|mille\b|eleven|twelve|\w+teen\b|\w+ty\b|hundred|thousand)"
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
_PLEASE = r"^\W*(?:(?:s'il \w+ plait|stp|ok|bon|et|alors|peux tu|tu peux|pouvez vous|please|can you|could you)\W+)*"
_START = r"(?:met[sz]?|mettre|lance\w*|demarre\w*|programme\w*|regle\w*|ajoute\w*|cree\w*|set|start|put)"
_BARE = rf"{_PLEASE}(?:{_START}\W+)?(?:moi |me )?(?:une? |an? |le |la |the )?{_CLOCK}\W*(?:s'il \w+ plait|please)?\W*$"
"""A timer, and not for how long."""
_END = r"(?:annule\w*|arrete\w*|supprime\w*|enleve\w*|efface\w*|stoppe\w*|coupe\w*|cancel|stop|delete|remove)"
_CANCEL = rf"{_PLEASE}{_END}\b(?:\W+\w+){{0,3}}?\W+{_CLOCK}"
_REST = r"\b(?:reste|restant|left|remain\w*)\b"
_ME = r"(?:me |nous )?"
_LEFT = (
    rf"{_REST}.*{_CLOCK}|{_CLOCK}.*{_REST}|{_PLEASE}combien de temps (?:il )?{_ME}reste(?: t il)?(?: encore)?\W*$|"
    rf"{_PLEASE}il {_ME}reste (?:encore )?combien(?: de temps)?(?: encore)?\W*$|"
    r"^\W*how (?:long|much time) (?:is|(?:do|have) i (?:have|got)|is there) left\W*$"
)
_OCLOCK = r"(?<=\w) ?(?:o'clock|[ap]\.?m\b\.?)"
_EVENING = r"\b(?:du soir|de l'apres midi|in the (?:evening|afternoon))|p\.?m\b"
_HOUR = r"(?:\d{1,2}|(?!quelle|what)[a-z]+(?: [a-z]+)?)"
_AT = (
    r"\b(?:(?:a|at|vers|for|pour) (?P<said>(?:midi|minuit|noon|midnight)\b.*|\d{1,2}:\d\d.*|"
    rf"{_HOUR} ?(?:o'clock|[ap]\.?m\b).*)|(?:a|vers) (?P<hour>{_HOUR} ?(?:h(?=\d|\b)|heures?\b).*))"
)
"""A time of day; "pour deux heures" is none."""
_AT_WISH = (
    r"\b(?:previens|rappelle|avertis|reveille|alerte|wake|remind|warn|call)[ -](?:moi|nous|me|us)\b|"
    rf"\b(?:me|nous) (?:reveiller|rappeler|prevenir|avertir)|\b{_START}\b.*{_CLOCK}|^\W*(?:une? |an? )?{_CLOCK}"
)
TRIGGERS = (
    *_CERTAIN,
    *(_BARE, _CANCEL, _LEFT, rf"(?:{_AT_WISH}).*{_AT}"),
    r"\b(?:timer|countdown|count down)\b",
    rf"{_IN} {_SPAN}.*\b(?:moi|me)\b|\b(?:moi|me)\b.*{_IN} {_SPAN}",
)
"""Beside what is certain: what somebody is to do for the speaker in a while, which is left to the model."""


def read(question: str) -> dict[str, Any] | None:
    """Give the one duration of a certain wish, or what becomes of the timers; None where there is a doubt."""
    text, found = folded(question), set(durations.all_of(question))
    if re.search(_CANCEL, text) and not found:
        return {"duration": "", "wish": "cancel"}
    if re.search(_LEFT, text) and not found:
        return {"duration": "", "wish": "left"}
    if moment(question) is not None:
        return {"duration": ""}
    if any(re.search(wish, text) for wish in _CERTAIN) and len(found) == 1:
        return {"duration": f"{found.pop()} s"}
    return {"duration": ""} if re.search(_BARE, text) and not found else None


def moment(question: str) -> int | None:
    """Give the time of day at which somebody is to be called, in seconds after midnight."""
    text = folded(question)
    at = re.search(_AT, text) if re.search(_AT_WISH, text) else None
    if at is None:
        return None
    said = re.sub(r"^(?:midi|noon)\b", "12 heures", at["said"] or at["hour"])
    if said.startswith(("minuit", "midnight")):
        return 0
    clock = re.match(r"(\d{1,2}):(\d\d)", said)
    spans = [int(clock[1]) * 3600 + int(clock[2]) * 60] if clock else durations.all_of(re.sub(_OCLOCK, " h ", said))
    exact = spans[0] if spans else -1
    after = 12 * 3600 if 0 < exact < 12 * 3600 and re.search(_EVENING, said) else 0
    return exact + after if 0 <= exact < 24 * 3600 else None
