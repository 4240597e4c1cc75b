"""A phrase that a recogniser wrote twice in a row while there was time to say it once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from swv6.text.edits import Edit, located
from swv6.text.transcript import plain
from swv6.types import Segment

LETTERS = 8
"""Fewest of a phrase: "non, non", "très très" and the pairs of a telephone number are said again faster than word
times can tell."""
LONGEST = 30
"""Words of a phrase."""
UNEVEN = 3.0
"""Times that the copy which was said lasts longer than the others. Measured with Whisper base: 4.6 and more where a
phrase was said once, at most 2.3 where people said it twice."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a voice can be, in characters a second."""

    rate: float
    """No voice reaches it."""
    both: float
    """Nobody says a phrase twice in a row that fast. Measured with Whisper base: 32 to 51 where a phrase was said once,
    at most 16 where people said one of `LETTERS` twice."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A phrase in a text."""

    start: int
    end: int
    letters_end: int
    """Before its last signs."""
    seconds: float


def doubles(segment: Segment, pace: Pace) -> list[Edit]:
    """Give the changes that say once what was said once; the last copy's final signs stay.

    With word times the copies that had no time go. Without, and where the text is too long even so, all but one go when
    the whole segment is too fast.
    """
    text, seconds = segment.text, segment.end - segment.start
    spans = located(segment.words, text) if segment.words else None
    edits, fast = list[Edit](), seconds > 0 and len(text) > seconds * (pace.rate if spans else pace.both)
    if not (fast or spans):
        return []
    for run in _runs(text):
        copies = [_copy(segment, spans, text, words) for words in run]
        said = [copy for copy in copies if not _hurried(copy, copies, pace)]
        if len(said) == len(copies) and fast:
            said = [max(copies, key=lambda copy: copy.seconds)]
        edits += _without(text, copies, said)
    return edits


def _runs(text: str) -> Iterator[list[list[re.Match[str]]]]:
    """Find phrases that stand in a row at least twice: their copies, word by word."""
    words = list(re.finditer(r"\S+", text))
    keys, at = [plain(word[0]) for word in words], 0
    while at < len(words):
        size, times = _run(keys, at)
        if times > 1:
            yield [words[first : first + size] for first in range(at, at + size * times, size)]
        at += size * times


def _run(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Give the words and the times of the longest phrase that is repeated at `at`: (1, 1) when none is."""
    for size in range(min(LONGEST, (len(keys) - at) // 2), 0, -1):
        phrase, times = keys[at : at + size], 1
        if phrase[0] != keys[at + size] or sum(map(len, phrase)) < LETTERS:
            continue
        while keys[at + size * times : at + size * (times + 1)] == phrase:
            times += 1
        if times > 1:
            return size, times
    return 1, 1


def _copy(
    segment: Segment, spans: Sequence[tuple[int, int]] | None, text: str, words: Sequence[re.Match[str]]
) -> _Copy:
    start, end = words[0].start(), words[-1].end()
    letters = re.sub(r"\W+$", "", text[start:end])
    placed = zip(segment.words, spans or (), strict=bool(spans))
    mine = [word for word, (low, high) in placed if low < end and high > start]
    return _Copy(start, end, start + len(letters), mine[-1].end - mine[0].start if mine else 0.0)


def _hurried(copy: _Copy, copies: Sequence[_Copy], pace: Pace) -> bool:
    """Say whether nobody said this copy: it had no time, another had it, and there was none for both."""
    longest, length = max(one.seconds for one in copies), copies[-1].end - copies[0].start
    return (
        longest > 0
        and copy.end - copy.start > copy.seconds * pace.rate
        and longest >= copy.seconds * UNEVEN
        and length > sum(one.seconds for one in copies) * pace.both
    )


def _without(text: str, copies: Sequence[_Copy], said: Sequence[_Copy]) -> Iterator[Edit]:
    """Drop the copies that were not said; the text begins as the first did, and ends as the last."""
    if said[0] is not copies[0]:
        first, begun = text[copies[0].start], said[0].start
        yield Edit(copies[0].start, begun + 1, text[begun].upper() if first.isupper() else text[begun])
    for copy, following in zip(said, [*said[1:], None], strict=True):
        last = copies[copies.index(following) - 1 if following else -1]
        if last is not copy:
            yield Edit(copy.letters_end, last.letters_end, "")
