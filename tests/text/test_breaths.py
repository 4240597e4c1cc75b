"""The first clause of an answer leaves where a reader would breathe, and nowhere else."""

from __future__ import annotations

import pytest

from swv6.text.sentences import Clauses


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Le ciel est bleu parce que l'air diffuse la lumière. Voilà.", "Le ciel est bleu"),
        ("Le ciel est très bleu car l'air diffuse la lumière.", "Le ciel est très bleu"),
        ("Je pense que oui.", "Je pense que oui."),
        ("Il dit « le ciel est toujours bleu car il fait beau » et part.", None),
        ("The sky is blue because the air scatters light.", "The sky is blue"),
        (
            "Les chats ronronnent pour exprimer leur satisfaction ou pour dormir.",
            "Les chats ronronnent pour exprimer leur satisfaction",
        ),
        ("La distance entre la Terre et la Lune est grande.", "La distance entre la Terre et la Lune"),
        ("L'ampoule a été inventée par Thomas Edison en 1879.", "L'ampoule a été inventée"),
        ("Elle compte de quarante à soixante et onze pages.", None),
        ("Je crois vraiment que l'eau est froide.", "Je crois vraiment que l'eau est froide."),
        ("Il y a sept jours grâce à lui.", None),
        ("The longest river of the whole country is the Loire.", "The longest river of the whole country"),
    ],
)
def test_the_first_clause_ends_where_one_breathes(text: str, first: str | None) -> None:
    splitter = Clauses()
    pieces = [*splitter.feed(text), *splitter.flush()]
    assert pieces[0] == (first or text)
    assert " ".join(pieces).split() == text.split()
