"""Conversions as they are said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.tools import measures, units


@pytest.mark.parametrize(
    ("said", "amount", "source", "target"),
    [
        ("10 miles en kilomètres", 10, "mile", "km"),
        ("Convertis dix miles en kilogrammes.", 10, "mile", "kg"),
        ("Combien de grammes dans 2 kilos et demi ?", 2.5, "kg", "g"),
        ("Combien de grammes dans une livre ?", 1, "pound", "g"),
        ("How many ounces in 3 pounds?", 3, "pound", "ounce"),
        ("How many grams are there in half a pound?", 0.5, "pound", "g"),
        ("Convert two and a half miles into kilometers, please.", 2.5, "mile", "km"),
        ("Convertis moins dix degrés Celsius en Fahrenheit", -10, "celsius", "fahrenheit"),
        ("20 degrés en Fahrenheit", 20, "celsius", "fahrenheit"),
        ("100 kilomètres à l'heure en mètres par seconde", 100, "km/h", "m/s"),
        ("Combien pèse une tonne en livres ?", 1, "t", "pound"),
        ("1 500 m en km", 1500, "m", "km"),
        ("5km en miles", 5, "km", "mile"),
        ("Convertis 3 heures en minutes", 3, "h", "min"),
        ("Convertis 10 parsecs en kilomètres.", 10, "other", "other"),
        ("10 parsecs en kilomètres", 10, "other", "other"),
        ("Convertis 10 euros en dollars.", 10, "other", "other"),
    ],
)
def test_what_is_certain_is_read(said: str, amount: float, source: str, target: str) -> None:
    assert measures.read(said) == {"amount": amount, "source": source, "target": target}


@pytest.mark.parametrize(
    "said",
    [
        "Combien de litres d'eau dans un corps de 70 kilos ?",
        "J'ai 2 kilos de pommes dans un sac de 5 litres",
        "Il pèse 80 kilos et mesure 2 mètres",
        "Quelle est la température ?",
        "Convertis ce texte en anglais.",
        "Convertis 255 en binaire.",
        "Il est 10 heures en France",
    ],
)
def test_what_may_be_more_is_left_to_the_model(said: str) -> None:
    assert measures.read(said) is None


def test_every_unit_can_be_said() -> None:
    assert {
        measures.OTHER,
        *measures.named(" ".join(f"1 {name[2]}, 1 {name[3]}," for name in units._SCALES.values())),
    } == {unit.value for unit in units.Unit}


@given(st.text(max_size=120), st.text("0123456789 .,-kmghàen", max_size=30))
def test_any_text_may_be_read(text: str, more: str) -> None:
    with suppress(ValueError):
        found = measures.read(text + more)
        assert found is None or units.Conversion(**found)
