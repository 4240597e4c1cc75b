"""Arguments that a model has repaired are not what was said: nothing is done with them, and that is said."""

from __future__ import annotations

from typing import Any

import pytest

from plugins_builtin.tools import clock, sums, units
from swv6.plugins import Message, Scene, Tool

TOOLS = {
    tool.name: tool
    for french in (True,)
    for tool in (make(french) for make in (clock.timer, sums.calculator, units.converter))
}


def refused(tool: Tool, said: str, **arguments: Any) -> str:
    """Give why arguments are refused, in French; empty where they are taken."""
    assert tool.check is not None
    try:
        tool.check(tool.arguments(**arguments), Scene((Message("user", said),), lambda s, w: None, "fr"))
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Mets une minuterie de moins trois minutes.", "d'une seconde"),
        ("Mets une minuterie de -3 minutes.", "d'une seconde"),
        ("Set a timer for minus three minutes.", "d'une seconde"),
        ("Mets une minuterie de zéro minute.", "d'une seconde"),
        ("A timer for zero minutes.", "d'une seconde"),
        ("Minuterie de mille heures.", "d'une seconde"),
        ("Mets une minuterie.", "combien de temps"),
        ("Mets une minuterie d'au moins trois minutes.", ""),
        ("Mets une minuterie de trois minutes.", ""),
        ("Réveille-moi à sept heures.", ""),
    ],
)
def test_a_timer(said: str, why: str) -> None:
    found = refused(TOOLS["timer"], said, duration="trois minutes")
    assert why in found
    assert bool(why) == bool(found)


@pytest.mark.parametrize(
    ("said", "amount", "source", "target", "why"),
    [
        ("Convertis 10 miles en kilogrammes.", 10, "mile", "km", "vont pas ensemble"),
        ("Convert ten miles to kilograms.", 10, "mile", "km", "vont pas ensemble"),
        ("Convertis 10 parsecs en kilomètres.", 10, "mile", "km", "pas convertir"),
        ("Convertis 10 euros en kilos.", 10, "pound", "kg", "pas convertir"),
        ("Moins dix degrés Celsius en Fahrenheit.", 10, "celsius", "fahrenheit", "pas convertir"),
        ("Moins dix degrés Celsius en Fahrenheit.", -10, "celsius", "fahrenheit", ""),
        ("Vingt degrés en Fahrenheit, ça fait quoi ?", 20, "celsius", "fahrenheit", ""),
        ("Combien y a-t-il de grammes dans une livre ?", 1, "pound", "g", ""),
        ("Dix mètres carrés en mètres.", 10, "m", "m", "pas convertir"),
    ],
)
def test_a_conversion(said: str, amount: float, source: str, target: str, why: str) -> None:
    found = refused(TOOLS["units"], said, amount=amount, source=source, target=target)
    assert why in found
    assert bool(why) == bool(found)


def test_a_sum() -> None:
    assert "calculer" in refused(TOOLS["calculator"], "Combien font moins trois fois quatre ?", expression="4-3")
    assert not refused(TOOLS["calculator"], "Combien font moins trois fois quatre ?", expression="-3*4")
