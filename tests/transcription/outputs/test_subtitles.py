"""Tests of swv6.transcription.outputs.subtitles: files that any player reads."""

from __future__ import annotations

import os
import subprocess
import sys
from html import unescape

import pysubs2
import pytest
import webvtt
from hypothesis import example, given

from swv6.transcription.outputs import Layout, render
from swv6.transcription.outputs.cues import cues
from swv6.types import Segment, Transcript
from tests.transcription.outputs.grammar import read_srt, read_vtt
from tests.transcription.outputs.samples import SENTENCES, spoken, transcripts

TAGS = Transcript("R&D <b>ici</b> --> {\\i1}là\\N &amp;", (Segment("R&D <b>ici</b> --> {\\i1}là\\N &amp;", 0, 9, 1),))


@given(transcripts())
@example(TAGS)
def test_a_strict_reader_gets_every_subtitle_back(transcript: Transcript) -> None:
    made = cues(transcript, Layout())
    assert read_vtt(render("vtt", transcript)) == made
    assert read_srt(render("srt", transcript)) == made


@given(transcripts())
@example(TAGS)
def test_libraries_get_every_subtitle_back(transcript: Transcript) -> None:
    made = [(cue.start, cue.end, "\n".join(cue.lines)) for cue in cues(transcript, Layout())]
    read = webvtt.from_string(render("vtt", transcript), strict=True)
    assert [(_vtt(c.start_time), _vtt(c.end_time), unescape(c.raw_text)) for c in read.captions] == made
    parsed = pysubs2.SSAFile.from_string(render("srt", transcript), format_="srt")
    assert [(event.start, event.end) for event in parsed] == [cue[:2] for cue in made]


@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_pysubs2_reads_what_was_said(name: str) -> None:
    read = pysubs2.SSAFile.from_string(render(name, spoken(*SENTENCES)), format_=name)
    assert " ".join(" ".join(event.plaintext.split()) for event in read).split() == " ".join(SENTENCES).split()


def test_nothing_said_is_an_empty_file() -> None:
    assert render("vtt", Transcript("")) == "WEBVTT\n\n"
    assert webvtt.from_string(render("vtt", Transcript("")), strict=True).captions == []
    assert read_vtt(render("vtt", Transcript(""))) == []
    assert render("srt", Transcript("")) == ""


def test_another_process_writes_the_same_bytes() -> None:
    names = ["srt", "vtt", "tsv", "txt", "jsonl"]
    code = (
        "import sys; from swv6.transcription.outputs import render;"
        "from tests.transcription.outputs.samples import SENTENCES, spoken;"
        "sys.stdout.buffer.write(b''.join(render(name, spoken(*SENTENCES)).encode() for name in sys.argv[1:]))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", code, *names]
    written = subprocess.run(command, check=True, capture_output=True, env=env).stdout
    assert written == b"".join(render(name, spoken(*SENTENCES)).encode() for name in names)


def _vtt(time: webvtt.models.Timestamp) -> int:
    return time.in_milliseconds()
