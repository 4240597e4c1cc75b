from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.punctuation import punctuated
from swv6.types import Segment, Transcript, Word


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("quelle heure est-il", "fr", "Quelle heure est-il ?"),
        ("tu peux venir demain", "fr", "Tu peux venir demain."),
        ("peux-tu venir demain", "fr", "Peux-tu venir demain ?"),
        ("donne-moi ce livre-là", "fr", "Donne-moi ce livre-là."),
        ("est-ce que tu viens", "fr", "Est-ce que tu viens ?"),
        ("what is the time", "en", "What is the time?"),
        ("can you help me", "en", "Can you help me?"),
        ("what I mean is that", "en", "What I mean is that."),
        ("oui merci", "fr", "oui merci"),
        ("il pleut, je reste", "fr", "il pleut, je reste"),
        ("il coûte 3.50 euros ici", "fr", "Il coûte 3.50 euros ici."),
        ("hola que tal amigo", "es", "hola que tal amigo"),
    ],
)
def test_sentences_are_ended(text: str, language: str, written: str) -> None:
    assert punctuated(Transcript(text), language)[0].text == written


def test_pauses_and_segments_end_sentences() -> None:
    words = [("il", 0.0), ("pleut", 0.3), ("où", 2.0), ("vas-tu", 2.2)]
    first = Segment("il pleut où vas-tu", 0, 2.6, 0.9, tuple(Word(w, at, at + 0.2, 0.9) for w, at in words))
    second = Segment("je rentre", 4, 5, 0.9, (Word("je", 4, 4.2, 0.9), Word("rentre", 4.2, 5, 0.9)))
    said, count = punctuated(Transcript("il pleut où vas-tu je rentre", (first, second)), "fr")
    assert (said.text, count) == ("Il pleut. Où vas-tu ? Je rentre.", 3)
    assert [s.text for s in said.segments] == ["Il pleut. Où vas-tu ?", "Je rentre."]
    assert [w.text for w in said.segments[0].words] == ["Il", "pleut.", "Où", "vas-tu ?"]


@given(st.lists(st.sampled_from(["il", "viens-tu", "où", "Paris", "demain", ".", "3,5"]), max_size=20))
def test_words_stay_and_twice_is_once(words: list[str]) -> None:
    text = " ".join(words)
    once, _ = punctuated(Transcript(text), "fr")
    assert once.text.casefold().replace(".", "").replace("?", "").split() == text.casefold().replace(".", "").split()
    assert punctuated(once, "fr")[0].text == once.text
