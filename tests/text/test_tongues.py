"""The language of a clause, told by its small words; in doubt that of the clause before."""

from __future__ import annotations

import pytest

from swv6.text.tongues import Tongues

PAIRS = [
    ("fr", "Bonjour, je suis là."),
    ("en", "Hello, I am here."),
    ("fr", "L'ordinateur est allumé."),
    ("en", "The computer is on."),
    ("fr", "Le machine learning est très à la mode."),
    ("en", "The Tour de France is a race."),
    ("fr", "Il y a 3 chats dans le jardin."),
    ("en", "There are 3 cats in the garden."),
    ("fr", "J’aime le football."),
    ("en", "Don’t worry."),
    ("fr", "Voilà."),
    ("en", "Thank you very much!"),
]


@pytest.mark.parametrize(("language", "clause"), PAIRS)
def test_a_clause_is_known_whatever_came_before(language: str, clause: str) -> None:
    assert Tongues(("fr", "en"))(clause) == language
    assert Tongues(("en", "fr"))(clause) == language


def test_what_is_in_no_language_stays_with_the_last() -> None:
    tongues = Tongues(("fr", "en"))
    clauses = ("OK.", "Hello, it is me.", "OK.", "Paris, Berlin.", "42.", "C'est bien.", "Super.")
    assert [tongues(clause) for clause in clauses] == ["fr", "en", "en", "en", "en", "fr", "fr"]


def test_only_the_languages_asked_for_are_guessed() -> None:
    assert Tongues(("fr",))("The cat is on the table.") == "fr"
