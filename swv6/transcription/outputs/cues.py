"""Words with times -> subtitles: which words stand together, and how long they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from swv6.transcription.outputs.joints import SENTENCE
from swv6.transcription.outputs.layout import Layout
from swv6.transcription.outputs.lines import breaks, broken, count
from swv6.transcription.outputs.tokens import Token, Tokens, tokens
from swv6.types import Transcript

SILENCE = 1.0
"""Seconds of silence that no subtitle spans."""
EACH, HASTE, FLASH, WAIT, STRADDLE, INNER = 30.0, 12.0, 150.0, 60.0, 40.0, 0.5
"""What is weighed against a break in the wrong place: one more subtitle; a character a second too fast; a second too
short; a second of silence inside; a sentence that ends inside one that goes on; the share of a break between lines."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle."""

    start: int
    """Milliseconds."""
    end: int
    """Milliseconds."""
    lines: tuple[str, ...]


def cues(transcript: Transcript, layout: Layout) -> list[Cue]:
    """Make subtitles of a transcript: in order, never two at once, each word in one."""
    groups = [
        group for stretch in _stretches(tokens(transcript, layout.max_line_width)) for group in _cut(stretch, layout)
    ]
    starts = list[int]()
    for group in groups:
        starts.append(max(_ms(group[0].start), starts[-1] + 1 if starts else 0))
    last = max(_ms(transcript.duration), _ms(groups[-1][-1].end)) if groups else 0
    limits = [(start, max(start - _ms(layout.gap), before + 1)) for before, start in pairwise(starts)]
    made = list[Cue]()
    for n, (group, start) in enumerate(zip(groups, starts, strict=True)):
        limit = limits[n][1] if n < len(limits) else max(last, start + 1)
        made.append(Cue(start, min(_wanted(group, start, layout), limit), broken(group, layout)))
    return made


def _wanted(group: Tokens, start: int, layout: Layout) -> int:
    """Say when a subtitle would end if nothing followed: when it was said, and can have been read."""
    end = max(_ms(group[-1].end), start + _ms(_needed(_size(group), layout)))
    return max(start + 1, min(end, start + _ms(layout.max_duration)))


def _needed(characters: int, layout: Layout) -> float:
    """Seconds that it takes to read."""
    return max(layout.min_duration, characters / layout.reading_speed)


def _size(group: Sequence[Token]) -> int:
    return sum(len(token.text) + 1 for token in group) - 1


def _stretches(words: Sequence[Token]) -> Iterator[Tokens]:
    """Part words where there is silence between them."""
    begin = 0
    for n, (word, after) in enumerate(pairwise(words), 1):
        if after.start - word.end >= SILENCE:
            yield tuple(words[begin:n])
            begin = n
    if words:
        yield tuple(words[begin:])


def _cut(words: Tokens, layout: Layout) -> Iterator[Tokens]:
    """Part a stretch of speech into subtitles with the least cost in all (dynamic programming)."""
    cost, back = [0.0], [0]
    for end in range(1, len(words) + 1):
        best = (float("inf"), end - 1)
        for begin in range(end - 1, -1, -1):
            if begin < end - 1 and not _allowed(words[begin:end], layout):
                break
            after = words[end].start if end < len(words) else words[-1].end + SILENCE
            best = min(best, (cost[begin] + _cost(words[begin:end], after, layout), begin))
        cost.append(best[0])
        back.append(best[1])
    ends = [len(words)]
    while ends[-1]:
        ends.append(back[ends[-1]])
    for begin, end in pairwise(reversed(ends)):
        yield words[begin:end]


def _allowed(group: Tokens, layout: Layout) -> bool:
    """Tell whether words can be one subtitle."""
    if count(group, layout.max_line_width) > layout.max_line_count:
        return False
    return group[-1].end - group[0].start <= layout.max_duration and not any(
        len(token.text) > layout.max_line_width for token in group
    )


def _cost(group: Tokens, after: float, layout: Layout) -> float:
    """Weigh one subtitle; `after` is when the next words begin."""
    size, last = _size(group), group[-1]
    longest = max(last.end, after - layout.gap) - group[0].start
    haste = max(0.0, size / max(longest, 0.05) - layout.reading_speed)
    flash = max(0.0, layout.min_duration - longest)
    wait = sum(max(0.0, b.start - a.end) for a, b in pairwise(group))
    straddle = any(token.joint == SENTENCE for token in group[:-1]) and last.joint != SENTENCE
    silence = min(1.0, max(0.0, after - last.end) / SILENCE)
    place = last.joint * (1 - silence / 2)
    place += INNER * breaks(group, layout)[0]
    return EACH + place + HASTE * min(haste, 20.0) + FLASH * flash + WAIT * wait + STRADDLE * straddle


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
