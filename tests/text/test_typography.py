from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.edits import changed
from swv6.text.typography import composed, typographic


def typeset(text: str, language: str) -> str:
    text = changed(text, composed(text))
    return changed(text, typographic(text, language))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Qu'est-ce que c'est ?", "Qu’est-ce que c’est\u202f?"),
        ("Non! Vraiment?!", "Non\u202f! Vraiment\u202f?!"),
        ("Il dit: « oui »; puis rien .", "Il dit\u00a0: «\u00a0oui\u00a0»\u202f; puis rien."),
        ("22,1% à 14:30", "22,1\u00a0% à 14:30"),
        ("Voir http://a.fr/b?c=d ...", "Voir http://a.fr/b?c=d…"),
        ("l'«ami»", "l’«\u00a0ami\u00a0»"),
        ("E\u0301te\u0301   et\thiver", "Été et hiver"),
    ],
)
def test_french(text: str, written: str) -> None:
    assert typeset(text, "fr") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("What 's that ? It's 5 %!", "What 's that? It’s 5%!"),
        ("Well : yes ; no ...", "Well: yes; no…"),
        ("at 14:30, don't", "at 14:30, don’t"),
    ],
)
def test_english(text: str, written: str) -> None:
    assert typeset(text, "en") == written


def test_other_languages_get_their_blanks_tidied_only() -> None:
    assert typeset("¿Que'  tal ?", "es") == "¿Que' tal ?"


SOME = st.text(st.sampled_from("aé1e\u0301 '’«»;:!?%.,…\u00a0\u202f\n\t\"()"), max_size=40)


@given(SOME, st.sampled_from(["fr", "en", "es"]))
def test_letters_and_figures_stay_and_twice_is_once(text: str, language: str) -> None:
    once = typeset(text, language)
    assert re.findall(r"\w", once) == re.findall(r"\w", unicodedata.normalize("NFC", text))
    assert typeset(once, language) == once
