"""Rules that need a figure are compiled when one comes."""

from __future__ import annotations

import re

from hypothesis import given, settings

from swv6.text import english, french
from swv6.text.rules import Figured, figured, rule
from tests.text.test_spoken import TEXTS

LATE = [re.compile(late._pattern) for late, _ in (*french.RULES, *english.RULES) if isinstance(late, Figured)]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_without_figures_no_such_pattern_matches(text: str) -> None:
    without = re.sub(r"\d", "", text)
    assert [pattern.pattern for pattern in LATE if pattern.search(without)] == []


def test_it_does_what_a_rule_does() -> None:
    late, now = figured(r"(\d)h", r"\1 heures"), rule(r"(\d)h", r"\1 heures")
    for text in ("", "midi", "à 5h et 6h", "à ٣h"):
        assert late[0].sub(late[1], text) == now[0].sub(now[1], text)
