from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.hallucination import guarded
from swv6.types import Segment, Transcript


def heard(text: str, seconds: float, confidence: float, no_speech: float | None = None) -> Transcript:
    metrics = {} if no_speech is None else {"no_speech_prob": no_speech}
    segment = Segment(text, 0.0, seconds, confidence)
    return Transcript(text, (segment,), "fr", confidence, duration=seconds, metrics=metrics)


@pytest.mark.parametrize(
    ("text", "seconds", "confidence", "no_speech", "reason"),
    [
        ("This is a very good idea.", 3, 0.13, 0.58, "doubtful"),
        ("Merci.", 2, 0.4, 0.7, "doubtful"),
        ("Merci.", 20, 0.5, None, "doubtful"),
        ("Merci d'avoir regardé cette vidéo !", 3, 0.9, 0.0, "silence"),
        ("Beep. Beep. Beep. Beep. Beep. Beep. Beep. Beep.", 3, 0.72, 0.82, "silence"),
        ("[Musique]", 3, 0.9, 0.1, "notes"),
        ("...", 3, 0.18, 0.58, "notes"),
        ("♪ ♪", 3, 0.9, 0.1, "notes"),
        ("Une phrase que personne ne pourrait dire en une demi-seconde, même très vite.", 0.5, 0.9, 0.0, "too_long"),
    ],
)
def test_what_nobody_said_goes(
    text: str, seconds: float, confidence: float, no_speech: float | None, reason: str
) -> None:
    cleaned = guarded(heard(text, seconds, confidence, no_speech))
    assert (cleaned.text, cleaned.segments) == ("", ())
    assert cleaned.post["hallucinations"][reason] == 1


@pytest.mark.parametrize(
    ("text", "seconds", "confidence", "no_speech"),
    [
        ("Merci.", 1.5, 0.4, 0.3),
        ("Merci.", 20, 0.9, 0.1),
        ("Oui.", 1.2, 0.36, None),
        ("Merci beaucoup, au revoir et à la semaine prochaine.", 3, 0.3, 0.4),
        ("Beep. Beep.", 3, 0.72, 0.82),
        ("(Il rit) Et puis il est parti.", 3, 0.8, 0.0),
        ("Il parle très vite mais il parle quand même.", 1.6, 0.9, 0.0),
        ("putain de bordel de merde", 2, 0.6, 0.1),
        ("this fucking thing is shit", 2, 0.6, 0.1),
    ],
)
def test_what_people_say_stays(text: str, seconds: float, confidence: float, no_speech: float | None) -> None:
    assert guarded(heard(text, seconds, confidence, no_speech)).text == text


def test_each_segment_is_judged_by_its_own_probability() -> None:
    segments = (Segment("Bonjour à tous.", 0, 2, 0.9), Segment("Sous les étoiles.", 2, 4, 0.2))
    transcript = Transcript("Bonjour à tous. Sous les étoiles.", segments, metrics={"no_speech_probs": [0.1, 0.9]})
    cleaned = guarded(transcript)
    assert cleaned.text == "Bonjour à tous."
    assert cleaned.post["hallucinations"] == {"silence": 0, "repeated": 0, "doubtful": 1, "notes": 0, "too_long": 0}


def test_a_transcript_without_segments_is_judged_whole() -> None:
    assert guarded(Transcript("Thanks for watching!", duration=3.0)).text == ""
    assert guarded(Transcript("Quelle heure est-il ?", duration=3.0)).text == "Quelle heure est-il ?"


@given(st.lists(st.sampled_from(["oui", "Merci.", "bip", "[bip]", "Amara.org", "...", "je", "sais"]), max_size=30))
def test_guarding_twice_is_guarding_once_and_adds_nothing(words: list[str]) -> None:
    once = guarded(heard(" ".join(words), 5.0, 0.6, 0.2))
    assert guarded(once).text == once.text
    assert set(once.text.split()) <= set(words)
