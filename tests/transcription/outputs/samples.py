"""Transcripts for the tests of what they are written as."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from swv6.types import Segment, Transcript, Word

SENTENCES = (
    "Le chat de la voisine dort sur le toit de la maison depuis ce matin, et l’eau de la rivière monte encore.",
    "« Qu’est-ce que tu en penses ? » demanda-t-elle ; il répondit : « Rien ! »",
    "La population atteignait 25 000 habitants, soit 3,5 % de plus qu’en 2023.",
)


def spoken(*sentences: str, pace: float = 0.35, pause: float = 0.3, language: str = "fr") -> Transcript:
    """Say sentences, each word (as Whisper cuts them, at blanks) in `pace` seconds."""
    now, segments = 0.0, list[Segment]()
    for sentence in sentences:
        words = list[Word]()
        for text in sentence.split():
            words.append(Word(text, now, now + pace, 0.9))
            now += pace
        segments.append(Segment(sentence, words[0].start, words[-1].end, 0.9, tuple(words)))
        now += pause
    return Transcript(" ".join(sentences), tuple(segments), language, 0.9, duration=now)


ODD = tuple(
    re.findall(r"\S+", "le la l’eau de du chat maison 25 000 3,5 % M. Dupont « oui » non ! ? ; : , . et & < > --> 1984")
)
_WORDS = st.one_of(
    st.sampled_from(ODD),
    st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip())),
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Draw anything that a recogniser may come up with, times out of order included."""
    segments = list[Segment]()
    for _ in range(draw(st.integers(0, 4))):
        texts = draw(st.lists(_WORDS, max_size=25))
        start = draw(st.floats(0, 50))
        words = list[Word]()
        for text in texts:
            begin = start + draw(st.floats(-0.5, 3))
            words.append(Word(text, begin, begin + draw(st.floats(-0.1, 2)), 0.5))
            start = begin
        kept = tuple(words) if draw(st.booleans()) else ()
        segments.append(Segment(" ".join(texts), draw(st.floats(0, 50)), draw(st.floats(0, 80)), 0.5, kept))
    text = " ".join(segment.text for segment in segments)
    return Transcript(
        text, tuple(segments), draw(st.sampled_from(["fr", "en", "de", ""])), duration=draw(st.floats(0, 90))
    )
