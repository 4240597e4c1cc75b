"""Conversion of units."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import BaseModel

from plugins_builtin.tools import measures
from plugins_builtin.tools.sums import written
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool

_SCALES: dict[str, tuple[str, float, str, str]] = {
    "mm": ("length", 0.001, "millimètres", "millimetres"),
    "cm": ("length", 0.01, "centimètres", "centimetres"),
    "m": ("length", 1.0, "mètres", "metres"),
    "km": ("length", 1000.0, "kilomètres", "kilometres"),
    "inch": ("length", 0.0254, "pouces", "inches"),
    "foot": ("length", 0.3048, "pieds", "feet"),
    "yard": ("length", 0.9144, "yards", "yards"),
    "mile": ("length", 1609.344, "miles", "miles"),
    "g": ("weight", 0.001, "grammes", "grams"),
    "kg": ("weight", 1.0, "kilos", "kilograms"),
    "t": ("weight", 1000.0, "tonnes", "tonnes"),
    "ounce": ("weight", 0.028349523125, "onces", "ounces"),
    "pound": ("weight", 0.45359237, "livres", "pounds"),
    "ml": ("volume", 0.001, "millilitres", "millilitres"),
    "cl": ("volume", 0.01, "centilitres", "centilitres"),
    "l": ("volume", 1.0, "litres", "litres"),
    "gallon": ("volume", 3.785411784, "gallons américains", "US gallons"),
    "km/h": ("speed", 1 / 3.6, "kilomètres par heure", "kilometres per hour"),
    "m/s": ("speed", 1.0, "mètres par seconde", "metres per second"),
    "mph": ("speed", 0.44704, "miles par heure", "miles per hour"),
    "knot": ("speed", 1852 / 3600, "nœuds", "knots"),
    "s": ("time", 1.0, "secondes", "seconds"),
    "min": ("time", 60.0, "minutes", "minutes"),
    "h": ("time", 3600.0, "heures", "hours"),
    "day": ("time", 86400.0, "jours", "days"),
    "week": ("time", 604800.0, "semaines", "weeks"),
    "celsius": ("temperature", 1.0, "degrés Celsius", "degrees Celsius"),
    "fahrenheit": ("temperature", 5 / 9, "degrés Fahrenheit", "degrees Fahrenheit"),
    "kelvin": ("temperature", 1.0, "kelvins", "kelvins"),
}
"""Unit -> what it measures, how much of the first unit it is, its French and its English name (NIST SP 811)."""
_FREEZING = {"celsius": 0.0, "fahrenheit": 32.0, "kelvin": 273.15}

Unit = StrEnum("Unit", {name: name for name in (*_SCALES, measures.OTHER)})  # type: ignore[misc]
"""The last one is for what cannot be converted: without it a model takes what is nearest."""
_SORRY = {
    "apart": ("Désolé, ces unités ne vont pas ensemble.", "Sorry, these units do not go together."),
    "unknown": ("Désolé, je ne sais pas convertir cela.", "Sorry, I cannot convert that."),
    "cold": ("Désolé, rien n'est plus froid que le zéro absolu.", "Sorry, nothing is colder than absolute zero."),
}


class Conversion(BaseModel):
    """How much of what, in what."""

    amount: float
    source: Unit
    target: Unit


def converted(amount: float, source: str, target: str) -> float:
    """Convert; raises ValueError for what measures different things, is no unit of ours, or below absolute zero."""
    if not {source, target} <= set(_SCALES):
        raise ValueError("unknown")
    (what, scale, *_), (other, other_scale, *_) = _SCALES[source], _SCALES[target]
    if what != other:
        raise ValueError("apart")
    if what == "temperature" and (amount - _FREEZING[source]) * scale < -_FREEZING["kelvin"] - 1e-6:
        raise ValueError("cold")
    return (amount - _FREEZING.get(source, 0.0)) * scale / other_scale + _FREEZING.get(target, 0.0)


def _name(unit: str, amount: float, french: bool) -> str:
    """Name a unit, in the singular where there is one of it; in French where there are less than two."""
    _, _, *names = _SCALES[unit]
    name = names[0 if french else 1]
    if abs(amount) >= 2 if french else amount != 1:
        return name
    name = {"feet": "foot", "inches": "inch"}.get(name, name)
    return re.sub(r"\b([a-zéèœ]+)s\b", r"\1", name)  # not of Celsius: a name


def converter(french: bool) -> Tool:
    """Give the tool that converts."""

    async def run(arguments: Conversion, scene: Scene) -> str:
        own = in_french(scene, french)
        try:
            result = round(converted(arguments.amount, arguments.source, arguments.target), 2)
        except ValueError as error:
            raise ValueError(_SORRY[str(error)][0 if own else 1]) from error
        begins = f"{written(arguments.amount, own)} {_name(arguments.source, arguments.amount, own)}"
        verb = "is" if not own else "font" if abs(arguments.amount) >= 2 else "fait"
        return f"{begins} {verb} {written(result, own)} {_name(arguments.target, result, own)}."

    def check(arguments: Conversion, scene: Scene) -> None:
        units = measures.named(scene.said)
        known = {arguments.source, arguments.target} <= set(units) and measures.OTHER not in units
        if known and arguments.amount in measures.amounts(scene.said):
            return
        kinds = {_SCALES[unit][0] for unit in units if unit in _SCALES}
        raise ValueError(_SORRY["apart" if len(kinds) > 1 else "unknown"][0 if in_french(scene, french) else 1])

    unit = (
        r"(metres?|pieds?|pouces?|miles?|mph|yards?|gram(me)?s?|kilos?|ton(ne)?s?|onces?|livres?|litres?|gallons?|"
        r"degres|noeuds?|knots?|km/h|celsius|fahrenheit|kelvins?|km|cm|mm|kg|ml|cl|feet|foot|inch(es)?|pounds?|ounces?|liters?|kilometres?|centimetres?|meters?)"
    )
    triggers = (
        rf"{unit}\b.*\b(en|in|to|dans|font|into)\b.*{unit}\b",
        rf"(convert|combien de|how many) .*{unit}.*{unit}",
        rf"\bconvert\w* .*\b(en|in|into|to) \w+|\d \w+ (en|in|into|to) {unit}\W*$",
    )
    examples = (
        ("10 miles en kilomètres", {"amount": 10, "source": "mile", "target": "km"}),
        ("Combien de grammes dans une livre ?", {"amount": 1, "source": "pound", "target": "g"}),
    )
    about = "converts units"
    return Tool("units", about, Conversion, run, triggers, read=measures.read, examples=examples, check=check)
