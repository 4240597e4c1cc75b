"""Questions for the time or the date, as they are said in French or English: few words, and no others beside them."""

from __future__ import annotations

import re
from typing import Any

from plugins_builtin.tools.places import place
from plugins_builtin.tools.shifts import CUE, shift
from plugins_builtin.tools.tongue import folded

_SMALL = (
    "a|actuelle|actuellement|ai|alors|and|but|so|aimerais|annee|as|at|au|aujourd|aurais|aurait|auriez|aussi|avez|avoir|avons|"
    "besoin|et|bien|bon|bonjour|bonsoir|c|ca|can|ce|cet|cette|clock|combien|comme|connais|connaissez|connaitre|"
    "could|current|currently|d|date|day|de|deja|dire|dis|dit|dites|do|donc|donne|donner|donnez|du|elle|en|"
    "encore|est|etre|euh|exact|exacte|exactement|exactly|excuse|excusez|fait|faudrait|get|give|go|good|got|"
    "have|hein|hello|heure|heures|hey|hi|hui|i|il|indique|indiquer|is|it|j|je|jours?|just|juste|kel|kelle|know|l|"
    "la|le|les|let|like|look|m|maintenant|me|midi|minuit|moi|mois|moment|month|ne|nous|now|of|ok|okay|on|oui|our|par|"
    "pas|peu|peux|plait|please|plus|possible|pour|pourrais|pourrait|pourriez|pouvez|precise|precisement|"
    "present|qu|quand|que|quel|quelle|quelles|quels|quoi|regarde|regarder|right|s|sais|salut|savez|savoir|se|"
    "semaine|si|sommes|stp|svp|t|tard|te|tell|the|time|to|today|toi|tu|un|une|us|va|veux|voudrais|vous|want|"
    "week|what|which|would|y|year|you|your|"
    "demain|hier|apres|avant|serons|sera|etions|etait|tomorrow|yesterday|was|will|be|after|before"
)
"""Words that may stand in such a question."""
_WHICH = r"(?:quel(?:le)?s?|qu'elles?|kel(?:le)?s?)"
_GIVE = r"(?:donne\w*|di[st]|dire|dites|indique\w*|connai\w*|as|avez|avoir|sai[st]|savez|savoir|regarder?|quoi|plait)"
_CUES = (
    rf"(?<!\ba )(?<!\bpour )(?<!\bde ){_WHICH} heures?\b",
    rf"\b(?:il|on) (?:est|a|se fait) {_WHICH} heures?\b",
    rf"\b{_GIVE}\b.*\bl'heure\b|\bl'heure\b.*\b{_GIVE}\b|{_WHICH} est l'heure",
    rf"{_WHICH} (?:jours?|dates?)\b",  # plurals sound alike
    rf"\b(?:on est|nous sommes|c'est) {_WHICH} (?:jour|date)",
    rf"{_WHICH} est la date|\bla date\b.*\b(?:est|{_GIVE})\b|\b{_GIVE}\b.*\b(?:la date|{_WHICH} (?:jour|date))\b",
    r"\b(?:on est|nous sommes|c'est|sommes nous|est on) le combien\b|\ble combien (?:est on|sommes nous|on est)",
    r"(?<!at )\bwhat(?:'s| is) (?:the )?(?:\w+ )?(?:time|date|day)\b",
    r"(?<!at )\bwhat(?:'s| is)? (?:the )?(?:\w+ )?(?:time|date|day)\b(?=.*(?:\bis\b|'s|\b(?:have|got|was|will)\b))",
    r"\best ce qu'il est (?:deja )?(?:midi|minuit)\b|\best il (?:deja )?(?:midi|minuit)\b",
    r"\b(?:know|tell|give|have|got)\b.*\b(?:time|date|day)\b|\btoday's date\b",
)
_ONLY = rf"\W*(?:(?:{_SMALL})\b\W*)+$"
_NOUN = r"(?:heure|date|jour|aujourd'hui|midi|minuit|time|day|today)"
_ASKED = rf"(?:{_WHICH}|est ce|est (?:il|on)|sommes|on est|nous sommes|{_GIVE}|combien|rappelle|what|which|tell|is it)"
_NOT_NOW = (
    r"^(?!.*\b(?:quand|lorsqu\w*|when)\b.*\b(?:etait|sera|was|will)\b|"
    r".*\b(?:etait|etions|sera|serons|was|will)\b.*\b(?:quand|lorsqu\w*|au moment ou|when)\b)"
)
"""What time it was when something happened is no clock's affair."""
_WHEN = rf"(?:\b(?:at|pour|depuis|vers)|(?<!on )(?<!il )\ba) {_WHICH} "
_CERTAIN = tuple(rf"{_NOT_NOW}(?=.*(?:{cue})){_ONLY}" for cue in _CUES)
TRIGGERS = (
    *_CERTAIN,
    *(rf"{_NOT_NOW}(?=.*(?:{cue}))(?=.*(?:{CUE})).{{,100}}$" for cue in _CUES),
    rf"{_NOT_NOW}(?!.*{_WHEN})(?=.*\b{_NOUN}\b)(?=.*\b{_ASKED}\b)(?:\W*\w+){{2,10}}\W*$",
)
"""Beside what is certain: a short question in which there is a word for a time, which is left to the model."""


def read(question: str) -> dict[str, Any] | None:
    """Give no arguments for a question that can be for nothing but the time; None where there are other words."""
    far = shift(question)
    said = far.rest if far else question
    text = folded(said).replace(place(said)[0] or "\0", " ")
    return {} if any(re.search(certain, text) for certain in _CERTAIN) else None


def day_only(question: str) -> bool:
    """Say whether the date is asked for, and not the time of day."""
    text = folded(question)
    day = re.search(r"\b(?:jours?|aujourd'hui|dates?|le combien|day|today)\b", text)
    return bool(day) and not re.search(r"\b(?:heures?|time|midi|minuit|o'?clock)\b", text)


def days(question: str) -> int:
    """Give how many days after today are asked for."""
    text = folded(question)
    if far := re.search(r"\bapres demain|day after tomorrow|\bavant hier|day before yesterday", text):
        return 2 if "demain" in far[0] or "tomorrow" in far[0] else -2
    return 1 if re.search(r"\b(?:demain|tomorrow)\b", text) else -1 if re.search(r"\b(?:hier|yesterday)\b", text) else 0
