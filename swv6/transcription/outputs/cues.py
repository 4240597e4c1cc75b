"""Words with times -> subtitles, and how long each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from swv6.transcription.outputs.cutting import cut
from swv6.transcription.outputs.layout import Layout
from swv6.transcription.outputs.lines import broken
from swv6.transcription.outputs.tokens import Tokens, tokens
from swv6.types import Transcript


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
    groups = list(cut(tokens(transcript, layout.max_line_width), layout))
    if not groups:
        return []
    starts = [_ms(groups[0][0].start)]
    for group in groups[1:]:
        starts.append(max(_ms(group[0].start), starts[-1] + 1))
    limits = [_limit(start, after, layout) for start, after in pairwise(starts)]
    limits.append(max(_ms(transcript.duration), _ms(groups[-1][-1].end), starts[-1] + 1))
    return [
        Cue(start, min(_wanted(group, start, layout), limit), broken(group, layout))
        for group, start, limit in zip(groups, starts, limits, strict=True)
    ]


def _limit(start: int, after: int, layout: Layout) -> int:
    """Say when a subtitle ends at the latest; one that is too short to be read has no gap before the next one."""
    limit = after - _ms(layout.gap)
    return limit if limit - start >= _ms(layout.min_duration) else after


def _wanted(group: Tokens, start: int, layout: Layout) -> int:
    """Say when a subtitle would end if nothing followed: when it was said, and can have been read."""
    characters = sum(len(token.text) + 1 for token in group) - 1
    needed = max(layout.min_duration, characters / layout.reading_speed)
    end = max(_ms(group[-1].end), start + _ms(needed))
    return max(start + 1, min(end, start + _ms(layout.max_duration)))


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
