"""A run as a page: what its words and figures look like."""

from __future__ import annotations

import re

from swv6.bench.comparing import moved
from swv6.bench.report_page import page
from swv6.bench.series import Section, Series

MACHINE = {"cpu": "A", "cores": 2, "memory_gib": 8, "gpus": [], "system": "Linux", "python": "3.11"}
REPORT = {"machine": MACHINE, "profile": {"name": "p", "hash": "1"}, "swv6": "1", "when": "now", "engines": {"x": "1"}}


def sections(factor: float) -> list[Section]:
    """Give one section whose notes name programs."""
    slow = Series("a", "first `token`", "s", tuple(factor * value for value in (7.1, 8.0, 12.4)))
    pace = Series("b", "pace", "tok/s", (3.0, 3.1, 3.2))
    return [Section("llm", "The model", (slow, pace), notes=("measured with `tiny` <1>",))]


def test_a_page_without_an_older_report_has_no_mark_for_it() -> None:
    now = sections(1.0)
    alone, beside = page(REPORT, now), page(REPORT, now, moved(sections(0.2), now), "then")
    assert 'class="key before"' not in alone
    assert 'class="key before"' in beside


def test_names_of_programs_are_code_and_two_times_have_one_unit() -> None:
    now = sections(1.0)
    text = page(REPORT, now, moved(sections(0.2), now), "then")
    assert "`" not in re.sub(r'aria-label="[^"]*"', "", text)
    assert "measured with <code>tiny</code> &lt;1&gt;" in text
    assert "<code>machine</code>: so did" in text
    assert "<td>7.2 to 12.0 s</td>" in text
    assert "<td>3.0 to 3.2 tok/s</td>" in text
