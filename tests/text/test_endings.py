"""The last words of a turn."""

from __future__ import annotations

import pytest

from swv6.text.endings import echo, finished


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("Quelle heure avez-vous demain ?", "fr", True),
        ("Quelle heure est-il ?", "fr", True),
        ("Dis-moi l'heure qu'il est.", "fr", None),
        ("Je crois qu'il est", "fr", False),
        ("Je voudrais savoir si", "fr", False),
        ("Je voulais te dire que.", "fr", False),
        ("Il fait beau, mais…", "fr", False),
        ("Oui parce que", "fr", False),
        ("Demain matin", "fr", None),
        ("Oui.", "fr", None),
        ("", "fr", None),
        ("What time is it?", "en", True),
        ("I went there because", "en", False),
    ],
)
def test_complaint_6_a_sentence_is_finished_or_goes_on(text: str, language: str, says: bool | None) -> None:
    assert finished(text, language) is says


SAYING = "Il y a cent vingt minutes dans deux heures, et soixante dans une heure."


@pytest.mark.parametrize("text", ["cent vingt minutes dans deux heures", "vin minutes dans deux heures et soixante"])
def test_complaint_1_what_is_just_being_said_is_an_echo(text: str) -> None:
    assert echo(text, SAYING)


@pytest.mark.parametrize("text", ["deux heures", "Attends, combien dans trois heures ?", "Stop, merci, ça suffit."])
def test_complaint_1_an_answer_to_it_is_not(text: str) -> None:
    assert not echo(text, SAYING)
