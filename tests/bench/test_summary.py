"""Percentiles, the budget, JSON and the page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.bench.latency import Plan
from swv6.bench.page import page
from swv6.bench.summary import LABELS, OF_THE_REST, against, percentile, report, summary, within
from swv6.bench.turn import Sequential, Turn
from swv6.bench.waterfall import waterfall
from swv6.profiles import resolve
from swv6.profiles.schema import Budget
from tests.bench.recorded import speculative, streaming

WAY = Sequential(0.2, 0.9, 0.6, 0.1, "Oui.")
TURNS = [
    replace(streaming(), sequential=WAY, heard="<b>moi & toi</b>"),
    speculative(),
    Turn("question-3", "", 1, 1, problem="unanswered", notices=("llm: a passed over: <gone>",)),
]
BUDGET = Budget(total=1.0, stt=0.4, llm=0.3, tts=0.2, audio=0.1)


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0, 1))
def test_percentiles_are_numpys(values: list[float], share: float) -> None:
    assert percentile(values, share) == pytest.approx(float(np.percentile(values, share * 100)))


def test_only_turns_that_have_a_measure_count() -> None:
    found = summary(TURNS)
    assert (found["voice_to_voice"].count, found["sequential"].count) == (2, 1)
    assert found["voice_to_voice"].max == pytest.approx(1.5)
    assert found["voice_to_voice"].p50 == pytest.approx((1.5 + 0.65) / 2)


def test_the_budget_is_compared_line_by_line() -> None:
    lines = {line.name: line for line in against([TURNS[0]], BUDGET)}
    assert {name: line.p95 for name, line in lines.items()} == pytest.approx(
        {"total": 0.9, "stt": 0.1, "llm": 0.4, "tts": 0.3, "audio": 0.1}
    )
    assert {name for name, line in lines.items() if line.over} == {"llm", "tts"}


def test_within_the_budget_means_answered_and_in_time() -> None:
    assert within(TURNS[:2], BUDGET)
    assert not within(TURNS, BUDGET)
    assert not within(TURNS[:2], Budget(total=0.5))
    assert not within([], BUDGET)


def test_the_report_is_json_and_says_everything() -> None:
    profile = resolve("default")
    found = json.loads(json.dumps(report(TURNS, Plan(()), profile)))
    assert found["speculation"] == {"adopted": 1, "wasted": 1}
    assert found["problems"] == {"question-3": "unanswered"}
    assert [backend["backend"] for backend in found["backends"]["tts"]] == ["kokoro", "espeak", "silent"]
    assert len(found["turns"]) == 3
    assert found["turns"][0]["measures"]["ratio"] == pytest.approx(1.5 / 2.4, abs=1e-4)
    assert {"p50", "p95", "max", "count"} <= set(found["summary"]["voice_to_voice"])


def test_what_is_indented_adds_up_to_what_stands_above_it() -> None:
    m = TURNS[0].measures
    assert sum(m[part] for part in OF_THE_REST) == pytest.approx(m["from_decision"])
    labels = list(LABELS)
    at = labels.index("from_decision") + 1
    assert tuple(labels[at : at + len(OF_THE_REST)]) == OF_THE_REST
    text = page(report(TURNS, Plan(()), resolve("default")), TURNS)
    assert re.findall(r'<th class="part">([^<]*)', text) == [LABELS[name] for name in OF_THE_REST]


class Balance(HTMLParser):
    """Counts tags, and everything that would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pictures += tag == "svg"
        self.fetched += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is left open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_whole_and_needs_nothing_from_elsewhere() -> None:
    text = page(report(TURNS, Plan(()), resolve("default")), TURNS)
    parser = Balance()
    parser.feed(text)
    assert parser.open == []
    assert parser.fetched == []
    assert parser.pictures == 2
    assert "&lt;b&gt;moi &amp; toi" in text
    assert "&lt;gone&gt;" in text
    assert "prefers-color-scheme: dark" in text


@pytest.mark.parametrize("turn", TURNS[:2], ids=["streaming", "speculative"])
def test_every_call_is_in_the_picture_and_within_it(turn: Turn) -> None:
    picture = ElementTree.fromstring(waterfall(turn))
    width = float(picture.attrib["viewBox"].split()[2])
    bars = [bar.attrib for bar in picture.iter("rect")]
    assert all(float(b["x"]) >= 0 and float(b["x"]) + float(b["width"]) <= width for b in bars)
    kinds = [bar["class"].split()[0] for bar in bars]
    assert all(kinds.count(kind) == sum(span.kind == kind for span in turn.spans) for kind in ("stt", "llm", "tts"))
    assert kinds.count("seq") == (3 if turn.sequential else 0)


@pytest.mark.parametrize(("turn", "anchor"), [(TURNS[0], None), (TURNS[1], "end")])
def test_the_first_sound_is_written_where_there_is_room(turn: Turn, anchor: str | None) -> None:
    texts = ElementTree.fromstring(waterfall(turn)).iter("text")
    (told,) = [text for text in texts if (text.text or "").startswith("first sound")]
    assert told.attrib.get("text-anchor") == anchor


def test_a_turn_without_an_answer_has_no_picture() -> None:
    assert waterfall(TURNS[2]) == ""
