"""The words that a recogniser was not sure of."""

from __future__ import annotations

from swv6.text.edits import located
from swv6.types import Segment, Transcript, Word

UNCERTAIN = 0.5
"""Confidence (0..1) under which a word is marked; `docs/words.md` says what share of the mistakes that finds."""


def uncertain(transcript: Transcript, below: float = UNCERTAIN) -> tuple[Word, ...]:
    """Give the words whose confidence is under `below`, in order; a segment without words counts as one."""
    return tuple(w for s in transcript.segments for w in _parts(s) if _doubtful(w, below))


def marked(segment: Segment, below: float = UNCERTAIN, sign: str = "[?]") -> str:
    """Write a segment's text with `sign` after each word (or after the whole, where it has none) that is uncertain."""
    spans = located(segment.words, segment.text) if segment.words else None
    if spans is None:
        return segment.text + sign if segment.text and segment.confidence < below else segment.text
    parts, at = list[str](), 0
    for word, (_, end) in zip(segment.words, spans, strict=True):
        parts += [segment.text[at:end], sign if _doubtful(word, below) else ""]
        at = end
    return "".join([*parts, segment.text[at:]])


def _doubtful(word: Word, below: float) -> bool:
    """Judge a word; a mark by itself (the " ?" of French) is none."""
    return word.confidence < below and any(map(str.isalnum, word.text))


def _parts(segment: Segment) -> tuple[Word, ...]:
    return segment.words or (Word(segment.text, segment.start, segment.end, segment.confidence),)
