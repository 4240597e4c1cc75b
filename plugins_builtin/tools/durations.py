"""How long, as it is said in French or English -> seconds."""

from __future__ import annotations

import re
import unicodedata

_ONES = (
    "zero",
    "un une a an one",
    "deux two",
    "trois three",
    "quatre four",
    "cinq five",
    "six",
    "sept seven",
    "huit eight",
    "neuf nine",
    "dix ten",
    "onze eleven",
    "douze twelve",
    "treize thirteen",
    "quatorze fourteen",
    "quinze fifteen",
    "seize sixteen",
)
_NUMBERS = {word: n for n, words in enumerate(_ONES) for word in words.split()}
_NUMBERS |= {"vingt": 20, "twenty": 20, "trente": 30, "thirty": 30, "quarante": 40, "forty": 40, "cinquante": 50}
_NUMBERS |= {"fifty": 50, "soixante": 60, "sixty": 60, "quatrevingt": 80, "quatrevingts": 80, "ninety": 90}
_UNITS = {"h": 3600, "heure": 3600, "hour": 3600, "m": 60, "mn": 60, "min": 60, "minute": 60}
_UNITS |= {"s": 1, "sec": 1, "seconde": 1, "second": 1}
_FRACTIONS = {
    r"\btrois quarts? d'heure|three quarters of an hour": " 45 minutes ",
    r"\b(un )?quart d'heure|\ba quarter of an hour": " 15 minutes ",
    r"\b(une )?demi heure|\bhalf an hour": " 30 minutes ",
    r"quatre vingts?": " quatrevingt ",
}


def seconds(said: str) -> int:
    """Add up what was said; 0 when it names no time."""
    text = unicodedata.normalize("NFD", said.casefold().replace("’", "'").replace("-", " "))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for pattern, meant in _FRACTIONS.items():
        text = re.sub(pattern, meant, text)
    total, number, unit = 0.0, 0, 0
    for word in re.findall(r"\d+|[a-z]+", text):
        if word.isdigit() or word in _NUMBERS:
            number += int(word) if word.isdigit() else _NUMBERS[word]
        elif found := _UNITS.get(word) or _UNITS.get(word.rstrip("s")):
            total, number, unit = total + number * found, 0, found
        elif word in ("demi", "demie", "half") and unit:
            total, number = total + unit / 2, 0  # "an hour and a half"
        elif word not in ("et", "and"):
            number = 0  # of something else: "une minuterie de..."
    return round(total + number * unit / 60)  # "une minute trente", "2 h 15"
