"""Roles alternate, and only what was heard is kept."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.history import Clause, History, Spoken


def test_an_unanswered_question_joins_the_next() -> None:
    history = History("Sois bref.")
    history.asked("Bonjour")
    history.asked("tu es là ?")
    history.answered("Oui.")
    assert [(m.role, m.text) for m in history.chat()] == [
        ("system", "Sois bref."),
        ("user", "Bonjour tu es là ?"),
        ("assistant", "Oui."),
    ]


def test_an_interrupted_answer_is_marked() -> None:
    history = History("")
    history.asked("Raconte")
    history.answered("Il était une fois", interrupted=True)
    assert history.messages[-1].text == "Il était une fois …"


@given(st.lists(st.one_of(st.just("ask"), st.sampled_from(["Oui.", "", "  "]))))
def test_complaint_2_roles_always_alternate(acts: list[str]) -> None:
    history = History("p")
    asked = False
    for act in acts:
        if act == "ask":
            history.asked("q")
            asked = True
        elif asked:
            history.answered(act)
            asked = asked and not act.strip()
    roles = [m.role for m in history.messages]
    assert all(a != b for a, b in pairwise(roles))


CLAUSES = st.lists(
    st.tuples(st.text("abc é", min_size=1).filter(str.strip), st.lists(st.floats(0.1, 3), min_size=1, max_size=3)),
    max_size=5,
)


@given(CLAUSES, st.floats(0, 40), st.floats(0, 10))
def test_complaint_2_what_was_heard_is_a_prefix_cut_at_a_word(
    clauses: list[tuple[str, list[float]]], played: float, since: float
) -> None:
    spoken = Spoken(since)
    for text, sounds in clauses:
        spoken.clauses.append(Clause(text, sum(sounds), whole=True))
    words = " ".join(text for text, _ in clauses).split()
    heard = spoken.heard(since + played).split()
    assert heard == words[: len(heard)]
    assert spoken.heard(since + 1000).split() == words
    assert spoken.heard(since) == ""


def test_half_a_clause_is_half_its_words() -> None:
    spoken = Spoken(0.0, [Clause("un deux trois quatre", 2.0, True), Clause("cinq six", 1.0, True)])
    assert spoken.heard(1.0) == "un deux"
    assert spoken.heard(2.0) == "un deux trois quatre"
    assert spoken.heard(2.6) == "un deux trois quatre cinq"


def test_a_clause_whose_sound_is_not_all_known_is_not_taken_for_heard() -> None:
    spoken = Spoken(0.0, [Clause("Il était une fois un roi très riche", 0.2)])
    assert spoken.heard(0.2) == "Il"
    assert spoken.heard(1.0) == "Il était une"
