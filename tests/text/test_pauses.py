"""A sentence that lacks only what follows it is given when nothing comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.sentences import Clauses
from tests.text.test_sentences import TEXTS, WORD


@pytest.mark.parametrize("text", ["Bonjour à tous. ", "Oui. ", "Vraiment ?! ", "C’est **vrai.** ", "En 2024. ", "Ah… "])
def test_a_finished_sentence_need_not_wait_for_the_next_letter(text: str) -> None:
    splitter = Clauses()
    splitter.feed("Début.\n")
    assert (splitter.feed(text), splitter.pause(), splitter.pause()) == ([], [text.strip()], [])
    assert splitter.feed("Et la suite. ") + splitter.flush() == ["Et la suite."]


@pytest.mark.parametrize(
    "text", ["Voici M. ", "Voir p. ", "1. ", "« Viens ! Il est tard. ", "Le mot ", "Trois, ", "", "... "]
)
def test_what_is_not_finished_waits_however_long_nothing_comes(text: str) -> None:
    splitter = Clauses()
    splitter.feed("Début.\n" + text)
    assert (splitter.pause(), splitter.pause(long=True)) == ([], [])


def test_an_end_without_a_space_waits_longer() -> None:
    splitter = Clauses()
    splitter.feed("Bonjour à tous.")
    assert (splitter.pause(), splitter.pause(long=True)) == ([], ["Bonjour à tous."])


@given(TEXTS, st.data())
def test_pauses_lose_no_word(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=20)))
    splitter, parts = Clauses(maximum=80), list[str]()
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        parts += splitter.feed(text[start:end]) + splitter.pause(data.draw(st.booleans()))
    assert WORD.findall(" ".join(parts + splitter.flush())) == WORD.findall(text)
