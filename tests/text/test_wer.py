"""Counting errors: what is no mistake of the ear counts for nothing."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.errors import MissingExtra
from swv6.text.alignment import align
from swv6.text.wer import Errors, errors

SAME = [
    ("Il est quatorze heures trente.", "il est 14h30"),
    ("J'ai vingt-trois œufs, s'il vous plaît !", "j’ai 23 oeufs s’il vous plaît"),
    ("Cela coûte douze euros cinquante.", "Cela coûte 12,50 €"),
    ("L'ÉTÉ, À LYON", "l'été à lyon"),
]


@pytest.mark.parametrize(("said", "heard"), SAME)
def test_how_it_is_written_counts_for_nothing(said: str, heard: str) -> None:
    assert errors(said, heard, "fr") == errors(said, said, "fr")
    assert errors(heard, said, "fr").word_errors == 0


def test_each_kind_of_error_counts_once() -> None:
    found = errors("le chat boit du lait", "le rat boit lait frais", "fr")
    assert (found.words, found.word_errors, found.wer) == (5, 3, 0.6)
    assert 0 < found.cer < 1
    assert found + found == Errors(10, 6, 2 * found.characters, 2 * found.character_errors)


def test_words_in_silence_are_all_errors() -> None:
    assert errors("", "merci d'avoir regardé", "fr").wer == 1.0
    assert errors("", "", "fr").wer == errors("...", "!", "fr").wer == 0.0
    assert errors("un deux", "", "fr").wer == 1.0


WORDS = st.lists(st.sampled_from(["le", "chat", "boit", "du", "lait", "frais"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_it_counts_what_the_alignment_shows(said: str, heard: str) -> None:
    shown, found = align(said, heard, "fr"), errors(said, heard, "fr")
    assert found.words == shown.words
    assert found.word_errors == len(shown.pairs) - shown.count("heard")


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jiwer", None)
    with pytest.raises(MissingExtra, match="jiwer") as raised:
        errors("un", "deux", "fr")
    assert "swv6[embedded]" in raised.value.hint
