"""A transcript -> the pieces that subtitles are made of, each with its times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from swv6.text.edits import located
from swv6.transcription.outputs.joints import GLUED, joint
from swv6.types import Segment, Transcript

_BLANK = r"[^\S\u00a0\u202f]+"
"""White space where a line may end."""
_FRENCH = (
    (re.compile(rf"{_BLANK}(?=[;!?]+(?:$|[\s»)\"]))"), "\u202f"),
    (re.compile(rf"{_BLANK}(?=[:»%](?:$|[\s.,;!?)]))|(?<=«){_BLANK}"), "\u00a0"),
)
"""Blanks before ; ! ? : » % and after « (Lexique des règles typographiques): no line ends there."""
_GROUPS = re.compile(rf"(?<=\d){_BLANK}(?=\d{{3}}(?!\d))")
"""Blanks inside a number: 25 000."""
_TOKEN = re.compile(r"(?:\S|[\u00a0\u202f])+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")


@dataclass(frozen=True, slots=True)
class Token:
    """Words that stay on one line."""

    text: str
    start: float
    """Seconds."""
    end: float
    """Seconds."""
    joint: int = 0
    """What a break after it costs, see `joints`."""


Tokens: TypeAlias = tuple[Token, ...]


def tokens(transcript: Transcript, width: int) -> list[Token]:
    """Cut a transcript into tokens in order; what may not be parted is one token, as long as it fits into `width`."""
    words, now = list[Token](), 0.0
    for segment in transcript.segments or _whole(transcript):
        for token in _timed(segment):
            now = max(now, token.start)
            words.append(replace(token, start=now, end=max(now, token.end)))
    return _glued(words, transcript.language, width)


def _whole(transcript: Transcript) -> tuple[Segment, ...]:
    """Take a transcript without segments for one."""
    return (Segment(transcript.text, 0.0, transcript.duration, transcript.confidence),)


def _timed(segment: Segment) -> Iterator[Token]:
    """Give the pieces between blanks, with the times of the words in them, or else their share of the segment's."""
    text = segment.text
    for pattern, blank in (*_FRENCH, (_GROUPS, "\u00a0")):
        text = pattern.sub(lambda match, blank=blank: blank * len(match[0]), text)  # type: ignore[misc]
    spans = located(segment.words, segment.text) if segment.words else None
    share = (segment.end - segment.start) / max(1, len(text))
    for match in _TOKEN.finditer(text):
        said = _clean(match[0])
        if not said:
            continue
        inside = [
            word
            for word, (low, high) in zip(segment.words, spans or (), strict=False)
            if low < match.end() and high > match.start()
        ]
        start = inside[0].start if inside else segment.start + share * match.start()
        end = inside[-1].end if inside else segment.start + share * match.end()
        yield Token(said, start, end)


def _clean(piece: str) -> str:
    """Drop what no subtitle may hold; each run of no-break spaces is one."""
    piece = _CONTROL.sub("", piece).replace("-->", "->")
    return re.sub(r"([\u00a0\u202f])[\u00a0\u202f]+", r"\1", piece).strip()


def _glued(words: list[Token], language: str, width: int) -> list[Token]:
    """Join an article with its noun, as far as a line is wide."""
    glued = list[Token]()
    for n, word in enumerate(words):
        cost = joint(word.text, words[n + 1].text, language) if n + 1 < len(words) else 0
        word = replace(word, joint=cost)
        if glued and glued[-1].joint >= GLUED and len(glued[-1].text) + 1 + len(word.text) <= width:
            before = glued.pop()
            word = replace(word, text=f"{before.text} {word.text}", start=before.start)
        glued.append(word)
    return glued
