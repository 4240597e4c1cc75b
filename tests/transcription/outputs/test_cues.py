"""Tests of swv6.transcription.outputs.cues: which words stand together, and how long."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.transcription.outputs import Layout
from swv6.transcription.outputs.cues import cues
from swv6.types import Segment, Transcript
from tests.transcription.outputs.samples import SENTENCES, spoken, transcripts

NOUNS = ("le chat", "de la maison", "les gens,", "du matin", "cette rivière.", "M. Dupont", "et", "dort")


def bare(text: str) -> str:
    """Leave out white space, control characters, and what --> becomes."""
    from unicodedata import category

    text = text.replace("-->", "->")
    return "".join(c for c in text if not c.isspace() and category(c) != "Cc" and c != "\ufeff")


@given(transcripts())
def test_nothing_is_lost_or_doubled(transcript: Transcript) -> None:
    shown = "".join("".join(cue.lines) for cue in cues(transcript, Layout()))
    assert bare(shown).replace("-->", "->") == bare("".join(s.text for s in transcript.segments))


@given(transcripts())
def test_times_go_on_and_never_overlap(transcript: Transcript) -> None:
    made = cues(transcript, Layout())
    assert all(0 <= cue.start < cue.end for cue in made)
    assert all(before.end <= after.start for before, after in pairwise(made))


@given(transcripts(), st.integers(1, 60), st.integers(1, 4))
def test_a_line_is_wider_than_allowed_only_by_one_word(transcript: Transcript, width: int, most: int) -> None:
    for cue in cues(transcript, Layout(max_line_width=width, max_line_count=most)):
        assert all(len(line) <= width or len(line.split(" ")) == 1 for line in cue.lines)
        assert len(cue.lines) <= most


@given(st.lists(st.sampled_from(NOUNS)), st.integers(16, 60))
def test_an_article_is_never_the_last_of_a_line(nouns: list[str], width: int) -> None:
    for cue in cues(spoken(" ".join(["Voici", *nouns, "encore."])), Layout(max_line_width=width)):
        assert not {line.split(" ")[-1] for line in cue.lines} & {"le", "la", "les", "de", "du", "cette", "M."}


@pytest.mark.parametrize("width", range(16, 60))
def test_french_signs_and_numbers_stay_with_their_words(width: int) -> None:
    for cue in cues(spoken(*SENTENCES), Layout(max_line_width=width)):
        for line in cue.lines:
            assert not line.startswith((";", ":", "!", "?", "»", "%", "000"))
            assert not line.endswith(("«", "25", " le", " la", " de"))


def test_signs_keep_their_no_break_spaces() -> None:
    shown = "\n".join(line for cue in cues(spoken(*SENTENCES), Layout()) for line in cue.lines)
    for written in ("«\u00a0Qu’est-ce", "penses\u202f?\u00a0»", "demanda-t-elle\u202f;", "25\u00a0000", "3,5\u00a0%"):
        assert written in shown


def test_a_short_subtitle_stays_on_in_the_silence_after_it() -> None:
    first, second = cues(spoken("Oui, absolument certainement.", "Non.", pace=0.1, pause=3.0), Layout())
    assert first.end - first.start == pytest.approx(29 / 17 * 1000, abs=2)
    assert second.start == 3300


def test_it_is_read_at_ease_where_there_is_silence() -> None:
    made = cues(spoken(*SENTENCES, pace=0.2, pause=8.0), Layout())
    speeds = [sum(map(len, cue.lines)) / (cue.end - cue.start) * 1000 for cue in made]
    assert max(speeds) <= 40
    assert speeds[-1] <= 17.5


def test_two_sentences_far_apart_are_two_subtitles() -> None:
    assert [cue.lines for cue in cues(spoken("Oui.", "Non.", pause=2.0), Layout())] == [("Oui.",), ("Non.",)]


def test_a_gap_is_left_between_two() -> None:
    made = cues(spoken(*SENTENCES * 3, pause=0.0), Layout())
    assert all(after.start - before.end >= 83 for before, after in pairwise(made))


def test_one_that_is_too_short_lasts_until_the_next_one() -> None:
    made = cues(spoken("Bonjour à tous les gens.", pace=0.08), Layout(max_line_width=1, max_line_count=1))
    assert len(made) == 5
    assert all(before.end == after.start for before, after in pairwise(made))


def test_a_break_is_at_a_comma_rather_than_between_words() -> None:
    (cue,) = cues(spoken("Demain matin très tôt, nous partirons tous ensemble."), Layout())
    assert cue.lines == ("Demain matin très tôt,", "nous partirons tous ensemble.")


def test_without_word_times_a_segment_is_split_in_proportion() -> None:
    text = " ".join(SENTENCES)
    made = cues(Transcript(text, (Segment(text, 10.0, 40.0, 0.9),), "fr", duration=60.0), Layout())
    assert len(made) > 3
    assert made[0].start == 10_000
    at = 0
    for cue in made:
        assert cue.start == pytest.approx(10_000 + 30_000 * at / len(text), abs=2)
        at += sum(len(line) + 1 for line in cue.lines)


def test_without_segments_the_whole_sound_is_one() -> None:
    (cue,) = cues(Transcript("Bonjour à tous.", duration=2.0), Layout())
    assert (cue.start, cue.end) == (0, 2000)
