"""What was written twice and said once; `COW`, `WEEK` and `SPRING` have the times that Whisper base gave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from swv6.text.hallucination import guarded
from swv6.types import Segment, Transcript, Word

COW = "que 0.4 manger 0.3 une 0.18 vache, 0.3 que 0 manger 0 une 0.1 vache. 0"
WEEK = (
    "How 0.38 long 0.38 have 0.48 you 0 been 0.24 in 0.04 a 0.18 week? 0.36 "
    "How 0 long 0 have 0 you 0 been 0 in 0 a 0 week? 0"
)
SPRING = "When 0.44 the 0.5 print 0.24 starts, 0.1 the 0 print 0.1 starts. 0.08"
LATE = "Que 0 manger 0 une 0 vache, 0.1 que 0.4 manger 0.3 une 0.2 vache. 0.3 Oui. 0.3"
THRICE = "How 0.5 is 0.4 the 0.4 weather? 0.5 How 0 is 0 the 0 weather? 0 How 0 is 0 the 0.02 weather? 0"


def heard(timed: str) -> Transcript:
    """Give one segment of words and their seconds in turn."""
    parts, words, at = timed.split(), list[Word](), 0.0
    for text, seconds in zip(parts[::2], parts[1::2], strict=True):
        words.append(Word(text, at, at + float(seconds), 0.9))
        at += float(seconds)
    text = " ".join(word.text for word in words)
    return Transcript(text, (Segment(text, 0.0, at, 0.9, tuple(words)),), "fr", 0.9, duration=at)


def wordless(transcript: Transcript) -> Transcript:
    return replace(transcript, segments=tuple(replace(segment, words=()) for segment in transcript.segments))


@pytest.mark.parametrize(
    ("timed", "said"),
    [
        (COW, "que manger une vache."),
        (WEEK, "How long have you been in a week?"),
        (SPRING, "When the print starts."),
        (LATE, "Que manger une vache. Oui."),
        (THRICE, "How is the weather?"),
    ],
)
def test_a_copy_without_time_goes(timed: str, said: str) -> None:
    transcript = heard(timed)
    kept = guarded(transcript)
    assert kept.text == " ".join(segment.text for segment in kept.segments) == said
    assert " ".join(word.text for word in kept.segments[0].words) == said
    dropped = len(transcript.text.split()) - len(said.split())
    assert kept.post["hallucinations"] == {
        "silence": 0, "repeated": dropped, "doubtful": 0, "notes": 0, "too_long": 0
    }  # fmt: skip


@pytest.mark.parametrize("timed", [COW, WEEK])
def test_without_times_of_words_a_fast_voice_is_believed(timed: str) -> None:
    """Kokoro at 1.7 times its speed says "Il faut partir, il faut partir" as fast."""
    transcript = wordless(heard(timed))
    assert guarded(transcript).text == transcript.text


def test_a_sentence_written_more_often_than_any_voice_can_is_kept_once() -> None:
    """Without word times that say which: it was dropped whole, as too long."""
    sentence = "How long does it take to get from Paris to Lyon by train?"
    even = " ".join(f"{word} 0.05" for word in sentence.split() * 3)
    for transcript in (heard(even), wordless(heard(even))):
        assert guarded(transcript).text == sentence


@pytest.mark.parametrize(
    "timed",
    [
        "composez 0.6 votre 0.3 mot 0.3 de 0.1 passe. 0.5 Composez 0.6 votre 0.3 mot 0.3 de 0.1 passe. 0.6",
        "Au 0.2 feu, 0.5 au 0.1 feu, 0.2 vite 0.3",
        "à 0.1 l'eau 0.24 à 0.1 l'eau, 0.2 canards 0.4",
        "non, 0.2 non, 0.05 non, 0.2 non. 0.2",
        "très 0.2 très 0.02 bien 0.3",
        "zéro 0.2 six 0.2 zéro 0.1 six 0.1 douze 0.3 douze 0.02 trente 0.3",
        "quatre-vingt-deux 0.7 quatre-vingt-deux 0.45 seize 0.4",
        "il 0.1 faut 0.15 qu'on 0.15 parte, 0.3 il 0.05 faut 0.1 qu'on 0.1 parte 0.15",
    ],
)
def test_what_people_say_twice_stays(timed: str) -> None:
    transcript = heard(timed)
    assert guarded(transcript).text == transcript.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ça va très bien ? ça va très bien ! Ça va très bien...", "Ça va très bien..."),
        ("« Oui, bien sûr. » « Oui, bien sûr. »", "« Oui, bien sûr. »"),
        ("ah oui d'accord, ah oui d'accord", "ah oui d'accord"),
    ],
)
def test_signs_are_those_of_the_beginning_and_the_end(text: str, said: str) -> None:
    assert guarded(Transcript(text, (Segment(text, 0.0, 0.5, 0.9),), duration=0.5)).text == said


def test_a_word_said_many_times_is_no_phrase_said_twice() -> None:
    often = heard("non, 0.3 non, 0.3 non, 0.3 non, 0.01 non 0.01")
    assert guarded(often).text == often.text


@pytest.mark.parametrize("gap", [0, 3, 6])
def test_a_pause_beside_the_phrase_is_time_for_both(gap: int) -> None:
    """Times of words slip: what had none may have been said before, between or after."""
    transcript = heard("composez 0.4 votre 0.2 mot 0.2 composez 0 votre 0 mot 0.1 suivi 0.3")
    words = list(transcript.segments[0].words)
    assert len(guarded(transcript).text.split()) == 4
    words[gap:] = [replace(word, start=word.start + 1.0, end=word.end + 1.0) for word in words[gap:]]
    slipped = (replace(transcript.segments[0], end=words[-1].end, words=tuple(words)),)
    assert guarded(replace(transcript, segments=slipped)).text == transcript.text


def test_one_copy_of_three_may_be_the_loop_s() -> None:
    said = "tournez 0.3 à 0.1 gauche, 0.3 tournez 0.3 à 0.1 gauche, 0.3"
    assert guarded(heard(f"{said} tournez 0 à 0 gauche. 0.02")).text == "tournez à gauche, tournez à gauche."


def test_a_doubled_sentence_is_no_engaged_line() -> None:
    doubtful = replace(heard(WEEK), metrics={"no_speech_prob": 0.5})
    assert guarded(doubtful).text == "How long have you been in a week?"


def test_a_loop_inside_a_sentence_is_no_sentence_said_once() -> None:
    """What Whisper makes of a conversation's nine seconds of clicks: longer than could be said, and dropped whole."""
    loop = "Je suis un petit peu plus tard, mais je vais vous dire" + " que je vais vous dire" * 20
    assert guarded(Transcript(loop, (Segment(loop, 0.0, 9.0, 0.9),), "fr", 0.9, duration=9.0)).text == ""
