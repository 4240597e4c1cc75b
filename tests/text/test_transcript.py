from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.transcript import clean, tidied, without_loops
from swv6.types import Segment, Transcript, Word


def heard(*texts: str) -> Transcript:
    segments = tuple(Segment(text, float(at), at + 1.0, 0.9) for at, text in enumerate(texts))
    return Transcript(" ".join(texts), segments, "fr", 0.9, post={"other": 1})


@pytest.mark.parametrize(
    "phrase",
    [
        "Sous-titres réalisés par la communauté d'Amara.org",
        " Sous-titres réalisés par la communauté d’Amara.org.",
        "SOUS-TITRAGE ST' 501",
        "Sous-titrage Société Radio-Canada",
        "Merci d'avoir regardé cette vidéo !",
        "Thanks for watching!",
        "Thank you for watching.",
    ],
)
def test_complaint_11_a_phrase_of_silence_is_nothing(phrase: str) -> None:
    assert clean(heard(phrase), "fr").text == ""
    assert clean(Transcript(phrase), "fr").text == ""
    assert clean(heard(phrase), "fr").segments == ()


@pytest.mark.parametrize(
    "said",
    [
        "Merci.",
        "Thank you.",
        "Oui.",
        "Merci d'avoir regardé cette vidéo avec moi hier soir.",
        "Parle-moi des sous-titres réalisés par la communauté d'Amara.org, s'il te plaît.",
        "non non non non",
        "très très très bien",
        "Bla bla bla.",
        "ha ha ha ha",
        "1000000 et 2222222",
        "Il faut que tu me dises, il faut que tu me dises.",
        "un deux, un deux, un deux",
    ],
)
def test_what_people_say_stays(said: str) -> None:
    assert clean(heard(said), "fr").text == said


def test_only_the_segments_of_silence_are_dropped() -> None:
    cleaned = clean(heard("Quelle heure est-il ?", "Sous-titrage ST' 501"), "fr")
    assert cleaned.text == "Quelle heure est-il ?"
    assert [s.text for s in cleaned.segments] == ["Quelle heure est-il ?"]
    assert cleaned.post == {"other": 1, "transcript": {"silence": 1, "repeated": 0}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Je ne sais pas. " * 30, ""),
        ("Bonjour à tous. " + "Je ne sais pas. " * 5, "Bonjour à tous. Je ne sais pas."),
        ("Il dit oui " + "oui " * 9 + "et part.", "Il dit oui et part."),
        ("Et puis, et puis, et puis, et puis, et puis il est venu.", "Et puis, il est venu."),
        ("Hmmmmmmmmmmmm oui", "Hmmm oui"),
        ("oui " * 40, "oui"),
    ],
)
def test_complaint_12_loops_are_said_once_or_rejected(text: str, expected: str) -> None:
    assert without_loops(tidied(text)) == expected


def test_repeated_segments_are_dropped() -> None:
    cleaned = clean(heard("Bonjour.", *["Je suis là."] * 12), "fr")
    assert cleaned.text == "Bonjour. Je suis là."
    assert [s.text for s in cleaned.segments] == ["Bonjour.", "Je suis là."]
    assert cleaned.post["transcript"]["repeated"] == 33


def test_spaces_and_accents_are_tidied() -> None:
    assert clean(Transcript("  E\u0301te\u0301 \u00a0 comme\nhiver "), "fr").text == "Été comme hiver"


def test_words_go_with_the_loop_they_are_in() -> None:
    phrase = "je suis là " * 5
    words = tuple(Word(text, n, n + 1.0, 0.9) for n, text in enumerate(f"oui {phrase}bien".split()))
    cleaned = clean(Transcript(f"oui {phrase}bien", (Segment(f"oui {phrase}bien", 0, 17, 0.9, words),)))
    assert cleaned.text == cleaned.segments[0].text == "oui je suis là bien"
    assert [(w.text, w.start) for w in cleaned.segments[0].words] == [
        ("oui", 0),
        ("je", 1),
        ("suis", 2),
        ("là", 3),
        ("bien", 16),
    ]


@given(st.lists(st.sampled_from(["oui", "non", "je", "sais", "pas.", "Amara.org", " "]), max_size=60).map(" ".join))
def test_cleaning_adds_no_word(text: str) -> None:
    cleaned = clean(Transcript(text), "fr").text
    assert len(cleaned.split()) <= len(text.split())
    assert set(cleaned.split()) <= set(text.split())
