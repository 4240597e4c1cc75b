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
    "seventeen",
    "eighteen",
    "nineteen",
)
_NUMBERS = {word: n for n, words in enumerate(_ONES) for word in words.split()}
_NUMBERS |= {"vingt": 20, "twenty": 20, "trente": 30, "thirty": 30, "quarante": 40, "forty": 40, "cinquante": 50}
_NUMBERS |= {"fifty": 50, "soixante": 60, "sixty": 60, "septante": 70, "seventy": 70, "quatrevingt": 80}
_NUMBERS |= {"quatrevingts": 80, "eighty": 80, "nonante": 90, "ninety": 90}
_TIMES = {"cent": 100, "hund": 100, "mill": 1000, "thou": 1000}
"""First letters -> what they multiply."""
_UNITS = {"h": 3600, "m": 60, "s": 1}
"""First letter -> seconds."""
_UNIT = r"(h|heures?|hours?|mn?|min|mins|minutes?|s|secs?|secondes?|seconds?)"
_LESS = "below"
"""Stands before what is taken away, or is less than nothing."""
_MEANT = {
    r"\bune? minutes?,? (?!et\b|de\b|a\b)[a-z]+,? (?=(?:de|d'|a) ?\w+)": " minuterie ",  # as it is misheard
    r"\bmoins (?:le |un )?quart\b(?! d'heure)": "moins 15",
    r"\b(?:de |for |of )[-\u2212\u2013] ?(?=\d)|(?<![\w)-])[-\u2212](?=\d)": f" {_LESS} ",
    r"(?<!\bau )(?<!\bdu )(?<!\bou )\b(?:moins|minus|negative) (?!de\b|than\b)": f" {_LESS} ",
    r"-": " ",
    r"heures? et quart\b": "heures 15",
    r"\btrois quarts? d'heure|three quarters of an hour": " 45 minutes ",
    r"\b(un )?quart d'heure|\ba quarter of an hour": " 15 minutes ",
    rf"\b(?:une? )?demie? (?={_UNIT}\b)|\bhalf an? (?={_UNIT}\b)": " 0.5 ",
    r"quatre vingts?\b": "quatrevingt",
    r"(?<=\d)(?=[hms])|(?<=\dh)(?=\d)": " ",
    rf"\ban? (?={_UNIT}\b)": "1 ",
}
_WORD = rf"(?:{'|'.join(_NUMBERS)}|cents?|hundred|mille|thousand)\b"
_RUN = re.compile(rf"\b{_WORD}(?:(?: et(?= (?:une?|onze)\b)| and)? {_WORD})*")
_N = r"\d+(?:[.,]\d+)?"
_PART = rf"{_N} {_UNIT}\b(?: et demie?| and a half)?"
DURATION = re.compile(
    rf"(?P<less>\b{_LESS} )?(?<![\d.,])\b{_PART}(?:,? (?:et |and )?{_PART})*"
    rf"(?: {_LESS} (?P<minus>\d+)(?: minutes?)?\b"
    rf"| (?P<rest>\d+)\b(?! \w)|(?<= h) (?P<past>[0-5]?\d)\b(?! {_UNIT}\b))?"
)


def seconds(said: str) -> int:
    """Give the first duration that was said, negative ones too; 0 when there is none."""
    return next(iter(all_of(said)), 0)


def certain(said: str) -> int:
    """Give the only duration that was said, however often; 0 when there is none, or more than one."""
    found = set(all_of(said))
    return found.pop() if len(found) == 1 else 0


def all_of(said: str) -> list[int]:
    """List every duration that was said, in order."""
    return [_seconds(match) for match in DURATION.finditer(figured(said))]


def figured(said: str) -> str:
    """Write numbers as figures, everything else without accents or capitals."""
    text = unicodedata.normalize("NFD", said.casefold().replace("’", "'"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for pattern, meant in _MEANT.items():
        text = re.sub(pattern, meant, text)
    text = " ".join(_RUN.sub(lambda run: str(_value(run[0])), text).split())
    text = re.sub(r"(\d+) (?:virgule|point) (\d+)", r"\1.\2", text)
    return re.sub(rf"(\d+) (?:et demie?|and a half) (?={_UNIT}\b)", r"\1.5 ", text)


def _value(run: str) -> int:
    """Add up number words."""
    thousands = below = 0
    for word in re.findall(r"[a-z]+", run):
        match _TIMES.get(word[:4]):
            case 100:
                below = max(1, below) * 100
            case 1000:
                thousands, below = thousands + max(1, below) * 1000, 0
            case _:
                below += _NUMBERS.get(word, 0)
    return thousands + below


def _seconds(duration: re.Match[str]) -> int:
    total, unit = 0.0, 1
    for part in re.finditer(rf"({_N}) {_UNIT}\b( et demie?| and a half)?", duration[0].partition(f" {_LESS} ")[0]):
        unit = _UNITS[part[2][0]]
        total += (float(part[1].replace(",", ".")) + (0.5 if part[3] else 0)) * unit
    over = int(duration["rest"] or duration["past"] or 0) - int(duration["minus"] or 0)
    return round(total + over * unit / 60) * (-1 if duration["less"] else 1)  # "une minute trente", "2 h 15"
