"""The arithmetic of a turn, on recorded streams of events."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.bench.turn import PARTS, Points, Sequential
from tests.bench.recorded import recorded, sound, speculative, streaming

moment = st.none() | st.floats(-3, 3)


def test_a_streamed_turn_is_split_where_each_stage_answered() -> None:
    m = streaming().measures
    expected = {"endpointing": 0.6, "stt": 0.1, "llm": 0.3, "clause": 0.1, "tts": 0.3, "output": 0.1}
    assert {name: m[name] for name in PARTS} == pytest.approx(expected)
    assert m["voice_to_voice"] == pytest.approx(1.5)
    assert m["from_decision"] == pytest.approx(0.9)
    assert m["from_vad_end"] == pytest.approx(1.48)


def test_what_was_heard_and_who_answered_is_kept() -> None:
    turn = streaming()
    assert (turn.heard, turn.answer) == ("Bonjour.", "Oui, bien sûr.")
    assert turn.backends == {"stt": "some stt", "llm": "some llm", "tts": "some tts"}
    assert [span.used for span in turn.spans] == [True, True, True, False]
    assert not turn.speculated
    assert turn.wasted == 0


def test_speculation_costs_nothing_and_is_counted() -> None:
    turn = speculative()
    expected = {"endpointing": 0.6, "stt": 0.0, "llm": 0.0, "clause": 0.0, "tts": 0.0, "output": 0.05}
    assert {name: turn.measures[name] for name in PARTS} == pytest.approx(expected)
    assert turn.speculated
    assert turn.wasted == 1
    assert turn.heard == "Quelle heure est-il ?"
    assert turn.events["Guessed"] == 1


def test_a_sound_that_no_voice_made_leaves_the_split_unknown_but_not_the_latency() -> None:
    turn = recorded([], sound(), audible=1.5, decided=0.6)
    assert turn.measures["voice_to_voice"] == pytest.approx(1.5)
    assert turn.measures["output"] == pytest.approx(0.9)


def test_an_answer_before_the_question_was_over_is_no_latency() -> None:
    assert recorded([], sound(), audible=-0.2, decided=-0.5).problem == "cut off"
    assert recorded([], sound(), audible=0.8, decided=-0.1).problem == "cut off"
    assert recorded([], sound(), audible=0.8, decided=-0.1).measures == {}


@given(moment, moment, moment, moment, moment, st.floats(3, 6))
def test_the_parts_add_up_to_the_whole(
    decided: float | None,
    text: float | None,
    token: float | None,
    clause: float | None,
    voice: float | None,
    end: float,
) -> None:
    parts = Points(decided, text, token, clause, voice, end).parts()
    assert tuple(parts) == PARTS
    assert all(seconds >= 0 for seconds in parts.values())
    assert math.isclose(sum(parts.values()), end)


def test_the_sequential_way_has_the_same_endpointing() -> None:
    turn = replace(streaming(), sequential=Sequential(0.2, 0.9, 0.6, 0.1, "Oui, bien sûr."))
    m = turn.measures
    assert m["sequential"] == pytest.approx(0.6 + 1.8)
    assert m["ratio"] == pytest.approx(1.5 / 2.4)
    assert m["ratio_from_decision"] == pytest.approx(0.9 / 1.8)
