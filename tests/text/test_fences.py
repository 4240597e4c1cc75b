from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.text.fences import Code, said
from swv6.text.sentences import Clauses
from swv6.text.spoken import spoken

TEXT = "Voici le code :\n```python\nfor i in a:\n\n    print(i)\n```\nIl affiche 1. Et `a`, ```b``` et ~5.\n~~~\n```\nx"
PARTS = st.sampled_from(["```", "~~~", "`", "\n", "py", " ", "Un mot. ", "> ", "~", "```\n", "a, b et c "])


def split(text: str, size: int) -> list[str]:
    splitter = Clauses()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [clause for piece in pieces for clause in splitter.feed(piece)] + splitter.flush()


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_block_of_code_is_mentioned_and_not_read(size: int) -> None:
    clauses = split(TEXT, size)
    assert [(clause, spoken(clause, "fr")) for clause in clauses if isinstance(clause, Code)] == [
        ("```python\n", "un bloc de code python"),
        ("for i in a:\n\n    print(i)\n```\n", ""),
        ("~~~\n", "un bloc de code"),
        ("```\nx", ""),
    ]


def test_the_mention_does_not_wait_for_the_code() -> None:
    splitter = Clauses()
    assert splitter.feed("```sh\n") == ["```sh\n"]
    assert splitter.feed("ls -l\n" * 100) == []


@given(st.lists(PARTS, max_size=12).map("".join), st.integers(1, 5))
def test_nothing_is_lost_wherever_it_is_cut(text: str, size: int) -> None:
    clauses = split(text, size)
    assert clauses == split(text, 1000)
    letters = [letter for letter in "".join(clauses) if letter.isalnum()]
    assert letters == [letter for letter in text if letter.isalnum()]


@pytest.mark.parametrize(
    ("fence", "language", "words"),
    [
        ("```js", "fr", "un bloc de code javascript"),
        ("~~~ python title=x", "en", "a block of python code"),
        ("```text", "en", "a block of code"),
        ("```rust", "de", "code"),
    ],
)
def test_a_mention_names_the_language(fence: str, language: str, words: str) -> None:
    assert said(fence, language) == words


def test_code_that_is_not_closed_goes_on_to_the_end() -> None:
    assert spoken("Lisez :\n```\na = 1\nb = 2", "fr") == "Lisez : un bloc de code."
