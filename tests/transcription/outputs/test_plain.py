"""Tests of swv6.transcription.outputs.plain: text for people, tables for programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given

from swv6.errors import UsageError
from swv6.transcription.outputs import FORMATS, Layout, render
from swv6.types import Segment, Transcript, Word
from tests.transcription.outputs.samples import SENTENCES, spoken, transcripts


@given(transcripts())
def test_a_segment_is_a_row(transcript: Transcript) -> None:
    said = [segment for segment in transcript.segments if segment.text.strip()]
    rows = render("tsv", transcript).split("\n")
    assert rows[0] == "start\tend\ttext"
    assert rows[-1] == ""
    if said:
        assert [row.split("\t")[:2] for row in rows[1:-1]] == [
            [str(round(s.start * 1000)), str(round(s.end * 1000))] for s in said
        ]
    assert all(row.count("\t") == 2 for row in rows[:-1])
    parsed = [json.loads(line) for line in render("jsonl", transcript).split("\n")[:-1]]
    assert [p["text"] for p in parsed] == [s.text for s in transcript.segments]


def test_tsv_is_read_as_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(render("tsv", spoken(*SENTENCES))), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["text"] for row in rows] == list(SENTENCES)
    assert rows[0]["start"] == "0"


def test_json_holds_everything() -> None:
    assert json.loads(render("json", spoken(*SENTENCES))) == spoken(*SENTENCES).as_dict()


def test_txt_is_a_segment_a_line() -> None:
    assert render("txt", spoken(*SENTENCES)).splitlines() == list(SENTENCES)
    assert render("txt", Transcript("Bonjour.\nOui.")) == "Bonjour. Oui.\n"
    assert render("txt", Transcript("")) == ""


def test_uncertain_words_are_marked_on_demand() -> None:
    words = (Word("Le", 0, 1, 0.9), Word("rat", 1, 2, 0.2), Word("dort.", 2, 3, 0.9))
    transcript = Transcript("Le rat dort.", (Segment("Le rat dort.", 0, 3, 0.7, words),))
    assert render("txt", transcript) == "Le rat dort.\n"
    assert render("txt", transcript, Layout(mark_uncertain=True)) == "Le rat[?] dort.\n"


def test_an_unknown_format_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="'doc'") as error:
        render("doc", Transcript(""))
    assert all(name in error.value.hint for name in FORMATS)
