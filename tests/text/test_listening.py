"""Signs of listening, heard and misheard."""

from __future__ import annotations

import pytest

from swv6.text.listening import backchannel, listening
from swv6.text.phonetics import sounds, unlike


@pytest.mark.parametrize("text", ["Oui.", "D’accord.", "Mmh.", "Ah oui ok", "", "..."])
def test_complaint_3_a_sign_of_listening_is_no_turn(text: str) -> None:
    assert backchannel(text, "fr")


@pytest.mark.parametrize("text", ["Arrête.", "Oui mais attends", "Stop", "Quelle heure est-il ?", "non non non non"])
def test_complaint_3_words_are_a_turn(text: str) -> None:
    assert not backchannel(text, "fr")


@pytest.mark.parametrize(
    "text",
    ["Ouïe !", "Où est-ce ?", "A d'accord.", "Aux qu'il d'accord.", "C'est ça. C'est ça.", "Voila", "Exacte.", "MMR"],
)
def test_complaint_3_a_sign_that_was_misheard_is_no_turn_either(text: str) -> None:
    """What Whisper base made of signs said by ten synthetic voices."""
    assert listening(text, "fr", seconds=0.7, confidence=0.6)


@pytest.mark.parametrize(
    "text",
    [
        "Stop !",
        "Attends. Attends. Attends. Att",
        "Arrête-toi.",
        "Pourquoi ?",
        "À toi.",
        "Quoi ?",
        "Moi vite.",
        "Excuse-moi.",
        "Amit",
    ],
)
def test_complaint_3_what_is_said_to_interrupt_does(text: str) -> None:
    """The same voices, interrupting."""
    assert not listening(text, "fr", seconds=0.45, confidence=0.3)


def test_complaint_3_a_sentence_interrupts() -> None:
    assert not listening("Non, je voulais dire autre chose.", "fr", seconds=1.5, confidence=0.3)


@pytest.mark.parametrize(
    ("seconds", "confidence", "aside"), [(0.3, 0.2, True), (0.3, 0.7, False), (0.9, 0.2, False), (0.3, 0.0, False)]
)
def test_complaint_3_a_cough_gives_words_that_nobody_is_sure_of(seconds: float, confidence: float, aside: bool) -> None:
    assert listening("Dix mille étoiles.", "fr", seconds, confidence) is aside


@pytest.mark.parametrize(
    ("text", "aside"), [("Yes.", True), ("Yea", True), ("Wait!", False), ("What time is it?", False)]
)
def test_complaint_3_in_english_too(text: str, aside: bool) -> None:
    assert listening(text, "en", seconds=0.7, confidence=0.6) is aside


def test_what_sounds_alike_is_alike() -> None:
    assert sounds("au") == sounds("eau") == sounds("haut")
    assert unlike("oui", "ouïe") < 0.2 < 0.9 < unlike("oui", "stop")
    assert unlike("", "") == 0.0
