"""Units as they are said in French or English, and conversions of which nothing is in doubt."""

from __future__ import annotations

import re
from typing import Any

from plugins_builtin.tools.figures import BOTH, figures, numbers, without_spaces

OTHER = "other"
"""What is no unit of ours."""
_HOURLY = r"(?: ?/ ?h| (?:a l'|par |per |an )(?:heure|hour))"
_WORDS = {
    OTHER: r"(?:metres?|kilometres?|centimetres?|pieds?|miles?) (?:carres?|cubes?)|(?:square|cubic) [a-z]+",
    "km/h": rf"(?:km|kilometres?|kilometers?){_HOURLY}|kph",
    "m/s": r"(?:m|metres?|meters?)(?: ?/ ?s| (?:par|per|a|a la) seconde?)",
    "mph": rf"miles?{_HOURLY}|mph",
    "knot": r"noeuds?|nœuds?|knots?",
    "mm": r"mm|millimetres?|millimeters?",
    "cm": r"cm|centimetres?|centimeters?",
    "km": r"km|kilometres?|kilometers?",
    "m": r"metres?|meters?|m",
    "inch": r"pouces?|inch(?:es)?",
    "foot": r"pieds?|foot|feet",
    "yard": r"yards?",
    "mile": r"miles?",
    "kg": r"kg|kilos?|kilogrammes?|kilograms?",
    "g": r"grammes?|grams?|g",
    "t": r"tonnes?|tons?|t",
    "ounce": r"onces?|ounces?|oz",
    "pound": r"livres?|pounds?|lbs?",
    "ml": r"ml|millilitres?|milliliters?",
    "cl": r"cl|centilitres?|centiliters?",
    "l": r"litres?|liters?|l",
    "gallon": r"(?:us )?gallons?(?: americains?)?",
    "celsius": r"(?:degres? |degrees? )?(?:celsius|centigrades?)|°c",
    "fahrenheit": r"(?:degres? |degrees? )?fahrenheit|°f",
    "kelvin": r"(?:degres? |degrees? )?kelvins?",
    "s": r"secondes?|seconds?",
    "min": r"minutes?|min",
    "h": r"heures?|hours?|h",
    "day": r"jours?|journees?|days?",
    "week": r"semaines?|weeks?",
    "degree": r"degres?|degrees?|°",
}
_KINDS = list(_WORDS)
_LETTER = r"(?!\b[a-z]\b)|(?<=\d )|(?<=\ben )|(?<=\bin )|(?<=\bto )"
"""A single letter is a unit after a number or "en" only: "l'heure" is no litre."""
_GROUPS = "|".join(f"(?P<u{at}>{words})" for at, words in enumerate(_WORDS.values()))
_UNIT = re.compile(rf"(?<![a-z<])(?:{_LETTER})(?:{_GROUPS})(?![a-z'/>])")
_N = r"(-?\d+(?:\.\d+)?)"
_SMALL = (
    r"convert\w*|conversions?|transforme\w*|combien|font|fait|ca|vaut|valent|represente\w*|donne\w*|de|d|dans|en|il|y|a|t|"
    r"est|ce|c|que|qu|quoi|how|many|much|is|are|there|in|into|to|the|make\w*|s|of|what|peux|pouvez|tu|vous|can|could|"
    r"pese\w*|mesure\w*|longueur|poids|temperature|quel(?:le)?s?|weigh\w*|long|et|and|alors|donc|ok|"
    r"you|me|moi|dire|dis|tell|please|te|plait|stp|si|une?|an|et|les?|la|l"
)
_ONLY = re.compile(rf"(?:(?:<(?P<unit>[a-z/]+)>|{_N}|\b(?:{_SMALL})\b)|[^\w<>])*")
_TO = r"(?:en|in|into|to)"
_STRANGE = (
    re.compile(rf"\bconvert\w*\b\D*{_N} (?:<[a-z/]+>|(?!{_TO}\b)[a-z]+).* {_TO} (?:<[a-z/]+>|[a-z]+)"),
    re.compile(rf"\W*(?:(?:{_SMALL})\b\W*)*{_N} (?!{_TO}\b)[a-z]+ {_TO} <[a-z/]+>\W*$"),
)
"""A conversion of something into whatever; or, without that word, of what is no unit into one."""


def named(said: str) -> list[str]:
    """List the units that were said, in order, each once."""
    return list(dict.fromkeys(re.findall(r"<([a-z/]+)>", _marked(said, "fr"))))


def amounts(said: str) -> set[float]:
    """Give the numbers that may have been meant: 1 where there is an article, or nothing."""
    return numbers(said) | {1.0, 0.5}


def read(said: str) -> dict[str, Any] | None:
    """Give the one conversion of a question; None where there may be more to it."""
    for language in BOTH:
        text = _marked(said, language)
        units = list(dict.fromkeys(re.findall(r"<([a-z/]+)>", text)))
        found = re.findall(rf"{_N} <([a-z/]+)>", text)
        if len(units) == 2 and len(found) == 1 == len(re.findall(_N, text)) and _ONLY.fullmatch(text):
            amount, source = found[0]
            target = next(unit for unit in units if unit != source)
            return {"amount": float(amount), "source": source, "target": target}
        if len(units) < 2 and (strange := next(filter(None, (s.search(text) for s in _STRANGE)), None)):
            return {"amount": float(strange[1]), "source": OTHER, "target": OTHER}
    return None


def _marked(said: str, language: Any) -> str:
    """Write numbers as figures, and units in angle brackets."""
    text = re.sub(
        r"(?<=\d)(?=[a-z°])", " ", without_spaces(figures(said, language)).replace("-", " -").replace("œ", "oe")
    )
    text = re.sub(r" -(?!\d)", " ", text)
    text = _UNIT.sub(lambda match: f"<{_KINDS[int(str(match.lastgroup)[1:])]}>", text)
    scales = {"celsius", "fahrenheit"} - set(re.findall(r"<([a-z]+)>", text))
    text = text.replace("<degree>", f"<{scales.pop()}>" if len(scales) == 1 else "<degree>")
    text = re.sub(rf"{_N} (?:et demie?|and a half) (?=<)", lambda n: f"{float(n[1]) + 0.5} ", text)
    text = re.sub(r"\b(?:1 )?demie? (?=<)|\bhalf (?:an? )?(?=<)", "0.5 ", text)
    text = re.sub(rf"{_N} (<[a-z/]+>) (?:et demie?|and a half)\b", lambda n: f"{float(n[1]) + 0.5} {n[2]}", text)
    return re.sub(r"\ban? (?=<)", "1 ", text)
