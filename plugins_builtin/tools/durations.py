"""How long, as it is said in French or English -> seconds."""

from __future__ import annotations

import re
import unicodedata

_ONES = (
    "zero",
    "un une one",
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
_UNITS = {"h": 3600, "m": 60, "s": 1}
"""First letter -> seconds."""
_UNIT = r"(h|heures?|hours?|mn?|min|mins|minutes?|s|secs?|secondes?|seconds?)"
_MEANT = {
    r"\bune? minutes?,? (?!et\b|de\b|a\b)[a-z]+,? (?=(?:de|d'|a) ?\w+)": " minuterie ",  # as it is misheard
    r"heures? et quart\b": "heures 15",
    r"\btrois quarts? d'heure|three quarters of an hour": " 45 minutes ",
    r"\b(un )?quart d'heure|\ba quarter of an hour": " 15 minutes ",
    r"\b(une )?demi heure|\bhalf an hour": " 30 minutes ",
    r"quatre vingts?\b": "quatrevingt",
    r"(?<=\d)(?=[hms])|(?<=\dh)(?=\d)": " ",
    rf"\ban? (?={_UNIT}\b)": "1 ",
}
_WORD = rf"(?:{'|'.join(_NUMBERS)}|cents?|hundred)\b"
_RUN = re.compile(rf"\b{_WORD}(?:(?: et(?= (?:une?|onze)\b)| and)? {_WORD})*")
_PART = rf"\d+ {_UNIT}\b(?: et demie?| and a half)?"
_DURATION = re.compile(
    rf"\b{_PART}(?:,? (?:et |and )?{_PART})*(?: (?P<rest>\d+)\b(?! \w)|(?<= h) (?P<past>[0-5]?\d)\b(?! {_UNIT}\b))?"
)


def seconds(said: str) -> int:
    """Give the first duration that was said; 0 when there is none."""
    return next(iter(_all(said)), 0)


def certain(said: str) -> int:
    """Give the only duration that was said, however often; 0 when there is none, or more than one."""
    found = set(_all(said))
    return found.pop() if len(found) == 1 else 0


def _all(said: str) -> list[int]:
    text = unicodedata.normalize("NFD", said.casefold().replace("’", "'").replace("-", " "))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for pattern, meant in _MEANT.items():
        text = re.sub(pattern, meant, text)
    text = " ".join(_RUN.sub(lambda run: str(_value(run[0])), text).split())
    return [_seconds(match) for match in _DURATION.finditer(text)]


def _value(run: str) -> int:
    """Add up number words."""
    total = 0
    for word in re.findall(r"[a-z]+", run):
        total = max(1, total) * 100 if word[:4] in ("cent", "hund") else total + _NUMBERS.get(word, 0)
    return total


def _seconds(duration: re.Match[str]) -> int:
    total, unit = 0.0, 1
    for part in re.finditer(rf"(\d+) {_UNIT}\b( et demie?| and a half)?", duration[0]):
        unit = _UNITS[part[2][0]]
        total += (int(part[1]) + (0.5 if part[3] else 0)) * unit
    return round(total + int(duration["rest"] or duration["past"] or 0) * unit / 60)  # "une minute trente", "2 h 15"
