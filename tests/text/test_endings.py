"""The last words of a turn."""

from __future__ import annotations

import pytest

from swv6.text.endings import backchannel, finished


@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("Quelle heure est-il ?", "fr", True),
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


@pytest.mark.parametrize("text", ["Oui.", "D’accord.", "Mmh.", "Ah oui ok", "", "..."])
def test_complaint_3_a_sign_of_listening_is_no_turn(text: str) -> None:
    assert backchannel(text, "fr")


@pytest.mark.parametrize("text", ["Arrête.", "Oui mais attends", "Stop", "Quelle heure est-il ?", "non non non non"])
def test_complaint_3_words_are_a_turn(text: str) -> None:
    assert not backchannel(text, "fr")
