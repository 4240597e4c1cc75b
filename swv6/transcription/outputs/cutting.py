"""Speech -> the words of each subtitle, by weighing every way to part it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from swv6.transcription.outputs.joints import SENTENCE
from swv6.transcription.outputs.layout import Layout
from swv6.transcription.outputs.lines import breaks
from swv6.transcription.outputs.tokens import Token, Tokens

SILENCE = 1.0
"""Seconds of silence that no subtitle spans."""
EACH, HASTE, FLASH, WAIT, STRADDLE, INNER = 30.0, 12.0, 150.0, 60.0, 40.0, 0.5
"""What is weighed against a break in the wrong place (`joints`): one more subtitle; a character a second too fast; a
second too short; a second of silence inside; a sentence that ends inside one that goes on; a break between two lines,
as a share of its own weight. Chosen by reading what becomes of French recordings."""


class _Option(NamedTuple):
    """One way to end a subtitle with a given word."""

    begin: int
    """Where it begins."""
    lines: int
    size: int
    """Characters."""
    wait: float
    """Seconds of silence inside."""
    sentences: bool
    """A sentence ends before its last word."""


def cut(words: Sequence[Token], layout: Layout) -> Iterator[Tokens]:
    """Part words into subtitles: at silence, and else so that all weigh the least (dynamic programming)."""
    begin = 0
    for n, (word, after) in enumerate(pairwise(words), 1):
        if after.start - word.end >= SILENCE:
            yield from _parted(tuple(words[begin:n]), layout)
            begin = n
    yield from _parted(tuple(words[begin:]), layout)


def _parted(words: Tokens, layout: Layout) -> Iterator[Tokens]:
    """Part a stretch of speech."""
    cost, back = [0.0], [0]
    for end in range(1, len(words) + 1):
        least, chosen = float("inf"), end - 1
        for option in _options(words, end, layout):
            weight = cost[option.begin] + _weight(words, end, option, layout)
            if weight < least and option.lines > 1:
                weight += INNER * breaks(words[option.begin : end], layout)[0]
            if weight < least:
                least, chosen = weight, option.begin
        cost.append(least)
        back.append(chosen)
    ends = [len(words)]
    while ends[-1]:
        ends.append(back[ends[-1]])
    for begin, end in pairwise(reversed(ends)):
        yield words[begin:end]


def _options(words: Tokens, end: int, layout: Layout) -> Iterator[_Option]:
    """Give the ways to end a subtitle with the word before `end`, the shortest first; one word is always one."""
    lines, room, size, wait, sentences = 0, 0, -1, 0.0, False
    for begin in range(end - 1, -1, -1):
        word, width = words[begin], len(words[begin].text)
        size += width + 1
        lines, room = (
            (lines, room - width - 1) if lines and width < room else (lines + 1, layout.max_line_width - width)
        )
        if begin < end - 1:
            too_wide = max(width, len(words[end - 1].text)) > layout.max_line_width
            if too_wide or lines > layout.max_line_count or words[end - 1].end - word.start > layout.max_duration:
                return
            wait += max(0.0, words[begin + 1].start - word.end)
            sentences = sentences or word.joint == SENTENCE
        yield _Option(begin, lines, size, wait, sentences)


def _weight(words: Tokens, end: int, option: _Option, layout: Layout) -> float:
    """Weigh one subtitle, but for its line breaks."""
    start, last = words[option.begin].start, words[end - 1]
    after = words[end].start if end < len(words) else last.end + SILENCE
    longest = max(last.end, after - layout.gap) - start
    haste = max(0.0, option.size / max(longest, 0.05) - layout.reading_speed)
    flash = max(0.0, layout.min_duration - longest)
    silence = min(1.0, max(0.0, after - last.end) / SILENCE)
    place = last.joint * (1 - silence / 2) + STRADDLE * (option.sentences and last.joint != SENTENCE)
    return EACH + place + HASTE * min(haste, 20.0) + FLASH * flash + WAIT * option.wait
