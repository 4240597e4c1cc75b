"""A run as a page: what its words and figures look like."""

from __future__ import annotations

import re

from swv6.bench.comparing import Since, moved
from swv6.bench.page import page as latency_page
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
    alone, beside = page(REPORT, now), page(REPORT, now, Since("then", moved(sections(0.2), now)))
    assert 'class="key before"' not in alone
    assert 'class="key before"' in beside


def test_names_of_programs_are_code_and_two_times_have_one_unit() -> None:
    now = sections(1.0)
    text = page(REPORT, now, Since("then", moved(sections(0.2), now)))
    assert "`" not in re.sub(r'aria-label="[^"]*"', "", text)
    assert "measured with <code>tiny</code> &lt;1&gt;" in text
    assert "<code>machine</code>: so did" in text
    assert "<td>7.2 to 12.0 s</td>" in text
    assert "<td>3.0 to 3.2 tok/s</td>" in text


def test_every_page_says_what_moved_and_what_could_not_be_compared() -> None:
    now = sections(1.0)
    since = Since("then.json", moved(sections(0.2), now), ["cores: 2 -> 4"], ["vad: 14 questions then, 6 now"])
    own = {"profile": "p", "machine": MACHINE, "when": "now", "summary": {}, "budget": []}
    for text in (page(REPORT, now, since), latency_page(own, [], since)):
        assert "<h2>Since then.json</h2>" in text
        assert '<tr class="slower"><th>llm: first <code>token</code></th>' in text
        assert "<td><b>+400%</b></td>" in text
        assert "Not measured alike: cores: 2 -&gt; 4" in text
        assert "Not compared: vad: 14 questions then, 6 now" in text
    assert "Since" not in latency_page(own, [])
