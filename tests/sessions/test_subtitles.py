"""Subtitles of a session: in order, one at a time, and where its WAV has the words."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from swv6.audio.files import read
from swv6.sessions.archive import Story
from swv6.sessions.export import srt, wav
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio

CUE = re.compile(r"(\d+)\n(\d\d+):(\d\d):(\d\d),(\d{3}) --> (\d\d+):(\d\d):(\d\d),(\d{3})\n((?:[^\n]+\n)+)(?:\n|\Z)")
RATE = 8000
SPANS = st.tuples(st.floats(0, 60), st.floats(0, 20)).map(lambda both: Span(both[0], both[0] + both[1]))
TURNS = st.lists(st.tuples(st.text(min_size=1), st.text(), SPANS, SPANS), max_size=8)


def parsed(text: str) -> list[tuple[float, float, str]]:
    """Read subtitles as a strict player does: numbered from 1, in order, none within another."""
    cues, at = list[tuple[float, float, str]](), 0
    while at < len(text):
        match = CUE.match(text, at)
        assert match, text[at:]
        number, h, m, s, ms, h2, m2, s2, ms2 = map(int, match.groups()[:9])
        begin, end = h * 3600 + m * 60 + s + ms / 1000, h2 * 3600 + m2 * 60 + s2 + ms2 / 1000
        assert number == len(cues) + 1
        assert max(m, s, m2, s2) < 60
        assert (cues[-1][1] if cues else 0.0) <= begin < end
        assert "-->" not in match[10]
        cues.append((begin, end, match[10].strip()))
        at = match.end()
    return cues


def story(*turns: Turn) -> Story:
    """Make a session."""
    return Story(1, 0.0, "default", "fr", turns)


def test_what_was_typed_is_shown_one_after_the_other() -> None:
    typed = [Turn(n, f"Question {n}", f"Réponse {n}", "ok", Span(n, n), Span(n + 0.1, n + 0.3)) for n in (1, 2, 3)]
    cues = parsed(srt(story(*typed)))
    assert [text for _, _, text in cues] == [
        f"{who} {n}" for n in (1, 2, 3) for who in ("you: Question", "swv6: Réponse")
    ]
    assert [begin for begin, _, _ in cues] == [1, 2, 3, 4, 5, 6]


def test_an_answer_of_several_paragraphs_is_one_subtitle() -> None:
    cues = parsed(srt(story(Turn(1, "a", "Un.\n\n2\n00:00 --> 00:01", "ok", Span(0, 1), Span(2, 9)))))
    assert cues[1] == (2.0, 9.0, "swv6: Un. 2 00:00 → 00:01")


@given(TURNS)
def test_subtitles_never_overlap(turns: list[tuple[str, str, Span, Span]]) -> None:
    kept = [Turn(n, user, said, "ok", asked, told) for n, (user, said, asked, told) in enumerate(turns, 1)]
    parsed(srt(story(*kept)))


def test_subtitles_stand_where_the_wav_has_the_words(tmp_path: Path) -> None:
    def tone(seconds: float, level: float) -> Audio:
        return Audio(np.full(round(seconds * RATE), level, np.float32), RATE)

    spoken = story(
        Turn(1, "Un ?", "Oui.", "ok", Span(40, 41), Span(42, 45), tone(0.3, 0.25), (tone(2.0, -0.5), tone(0.4, -0.5))),
        Turn(2, "Typed", "Non.", "ok", Span(50, 50), Span(51, 52), None, (tone(1.0, -0.5),)),
        Turn(3, "Deux ?", "", "failed", Span(60, 61), Span(62, 62), tone(1.5, 0.25)),
    )
    cues = parsed(srt(spoken))
    assert [text for _, _, text in cues] == ["you: Un ?", "swv6: Oui.", "you: Typed\nswv6: Non.", "you: Deux ?"]
    wav(spoken, tmp_path / "all.wav", RATE)
    samples = read(tmp_path / "all.wav", RATE).samples
    levels = [(samples[round((b + 0.05) * RATE)], samples[round((b + 0.25) * RATE)]) for b, _, _ in cues]
    assert np.allclose(levels, [(0.25, 0.25), (-0.5, -0.5), (-0.5, -0.5), (0.25, 0.25)], atol=0.01)
    assert all(abs(samples[round((b - 0.05) * RATE)]) < 0.01 for b, _, _ in cues[1:])
    assert cues[-1][1] * RATE == len(samples)
