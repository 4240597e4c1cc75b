"""Word accuracy and word error rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.alignment import align, words


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [
        ("Aujourd'hui, il fait trois degrés.", "aujourd’hui il fait 3 degrés", "fr"),
        ("Un œuf, s'il te plaît !", "un oeuf s'il te plait".replace("plait", "plaît"), "fr"),
        ("Y a-t-il", "y a t il", "fr"),
        ("It costs 21 dollars.", "It costs twenty one dollars", "en"),
        ("ÉTÉ", "été", "fr"),
    ],
)
def test_the_same_words_written_otherwise(said: str, heard: str, language: str) -> None:
    found = align(said, heard, language)
    assert (found.wer, found.accuracy) == (0.0, 1.0), found.pairs


def test_one_of_each() -> None:
    found = align("le chat noir dort bien ici", "le chien noir bien ici là", "fr")
    assert [pair.fate for pair in found.pairs] == ["heard", "wrong", "heard", "missed", "heard", "heard", "added"]
    assert found.wer == pytest.approx(3 / 6)
    assert found.accuracy == pytest.approx(4 / 6)
    assert (found.pairs[1].said, found.pairs[1].heard) == ("chat", "chien")


def test_nothing_heard_and_nothing_said() -> None:
    assert align("un deux trois", "", "fr").wer == 1.0
    assert align("", "un", "fr").words == 0


WORDS = st.lists(st.sampled_from(["un", "chat", "noir", "dort", "ici"]), max_size=12)


@given(said=WORDS, heard=WORDS)
def test_both_texts_can_be_read_back(said: list[str], heard: list[str]) -> None:
    found = align(" ".join(said), " ".join(heard), "fr")
    assert [pair.said for pair in found.pairs if pair.said] == words(" ".join(said), "fr")
    assert [pair.heard for pair in found.pairs if pair.heard] == words(" ".join(heard), "fr")
    assert found.words == len(said)
