from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.stages.answers.thoughts import STRAY, THOUGHTS, Hider, without_thoughts
from tests.stages.fakes import collect, fake

ANSWERS = (
    ("<think>He asks the time. I lack it.</think>\n\nIl est midi.", "Il est midi."),
    ("<think>\n\n</think>\n\nOui.", "Oui."),
    ("<THINK>hum</THINK>Oui.", "Oui."),
    (
        "<|channel|>analysis<|message|>Let me see.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>",
        "Yes.",
    ),
    ("[THINK]bon[/THINK] Bien sûr.", "Bien sûr."),
    ("Oui. <think>and then?</think>Non.", "Oui. Non."),
    ("hidden by the template</think>Oui.", "hidden by the templateOui."),
    ("<think>never ends, and says a < b", ""),
    ("  \n", ""),
    ("2 < 3 et <b>gras</b>, x<th", "2 < 3 et <b>gras</b>, x<th"),
    ("İ <think>İ</think> é", "İ  é"),
)


def cut(text: str, at: list[int]) -> list[str]:
    """Cut a text at some places."""
    places = sorted({0, len(text), *(place % (len(text) + 1) for place in at)})
    return [text[a:b] for a, b in pairwise(places)]


def shown(deltas: list[str]) -> str:
    """Put pieces through a Hider."""
    hider = Hider()
    return "".join([*(hider.feed(delta) for delta in deltas), hider.end()])


@pytest.mark.parametrize(("written", "spoken"), ANSWERS)
def test_only_the_answer_is_spoken_however_it_is_cut(written: str, spoken: str) -> None:
    assert shown([written]) == spoken
    assert shown(list(written)) == spoken


@given(
    st.lists(
        st.sampled_from((*THOUGHTS, *THOUGHTS.values(), *STRAY, "<", "|", " ", "é", "Oui. ", "think")), max_size=12
    ),
    st.lists(st.integers(0, 500), max_size=20),
)
def test_the_boundaries_of_deltas_change_nothing(parts: list[str], at: list[int]) -> None:
    text = "".join(parts)
    assert shown(cut(text, at)) == shown([text])


@given(st.text(), st.sampled_from(sorted(THOUGHTS.items())), st.text(), st.lists(st.integers(0, 500), max_size=9))
def test_nothing_of_a_thought_is_ever_shown(before: str, marks: tuple[str, str], after: str, at: list[int]) -> None:
    begin, end = marks
    text = f"{before.replace('<', '').replace('[', '')}{begin}SECRET{end}{after.replace('<', '').replace('[', '')}"
    assert "SECRET" not in shown(cut(text, at)) or "SECRET" in before + after


@pytest.mark.anyio
async def test_what_is_no_mark_leaves_at_once() -> None:
    assert await collect(without_thoughts(fake("Il ", "est <", "b> midi."))("?")) == ["Il ", "est ", "<b> midi."]
