"""A phrase that a recogniser wrote twice in a row while there was time to say it once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from swv6.text.edits import Edit, located
from swv6.text.transcript import plain
from swv6.types import Segment, Word

LETTERS = 8
"""Fewest of a phrase: "non, non", "très très" and the pairs of a telephone number are said again faster than word
times can tell."""
LONGEST = 30
"""Words of a phrase."""
UNEVEN = 3.0
"""Times that the copy which was said lasts longer than the others. Measured with Whisper base: 4.6 and more where a
phrase was said once, at most 2.3 where people said it twice."""
_Timed: TypeAlias = Sequence[tuple[Word, tuple[int, int]]]
"""Words, and where they stand in their text; none where that is not known."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a voice can be, in characters a second."""

    rate: float
    """No voice reaches it."""
    both: float
    """Nobody says a phrase twice in a row that fast, once at leisure and once in no time. Measured with Whisper base:
    32 to 51 where a phrase was said once, at most 16 where people said one of `LETTERS` twice."""


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

    With word times the copies that had no time go. Without, and where those do not tell, all but one go where no voice
    is as fast as the whole segment: Kokoro at 1.7 times its speed says phrases twice at more than `both`.
    """
    text, seconds = segment.text, segment.end - segment.start
    spans = located(segment.words, text) if segment.words else None
    edits, fast = list[Edit](), 0 < seconds * pace.rate < len(text)
    if not (fast or spans):
        return []
    timed = list(zip(segment.words, spans or (), strict=bool(spans)))
    for run in _runs(text):
        copies = [_copy(timed, text, words) for words in run]
        slow = copies[-1].end - copies[0].start <= _room(segment, timed, copies) * pace.both
        said = list(range(len(copies))) if slow else _said(copies, pace)
        if len(said) == len(copies) and fast and (spans or _all_of(text, copies)):
            said = [max(said, key=lambda number: copies[number].seconds)]
        edits += _without(text, copies, said)
    return edits


def _all_of(text: str, copies: Sequence[_Copy]) -> bool:
    """Say whether the copies are the whole text; a loop inside a sentence is what models make of clicks and noise."""
    return not (plain(text[: copies[0].start]) or plain(text[copies[-1].end :]))


def _runs(text: str) -> Iterator[list[list[re.Match[str]]]]:
    """Find phrases that stand in a row at least twice: their copies, word by word, signs that stand alone left out."""
    found = [(word, key) for word in re.finditer(r"\S+", text) if (key := plain(word[0]))]
    words, keys, at = [word for word, _ in found], [key for _, key in found], 0
    while at < len(words):
        size, times = _run(keys, at)
        if times > 1:
            yield [words[first : first + size] for first in range(at, at + size * times, size)]
        at += size * times


def _run(keys: list[str], at: int) -> tuple[int, int]:
    """Give the words and the times of the longest phrase that is repeated at `at`: (1, 1) when none is."""
    for size in range(min(LONGEST, (len(keys) - at) // 2), 0, -1):
        phrase, times = keys[at : at + size], 1
        if phrase[0] != keys[at + size] or sum(map(len, phrase)) < LETTERS:
            continue
        if any(phrase == phrase[:part] * (size // part) for part in range(1, size // 2 + 1)):
            continue  # "non, non, non" twice is "non" six times
        while keys[at + size * times : at + size * (times + 1)] == phrase:
            times += 1
        if times > 1:
            return size, times
    return 1, 1


def _copy(timed: _Timed, text: str, words: Sequence[re.Match[str]]) -> _Copy:
    start, end = words[0].start(), words[-1].end()
    letters = re.sub(r"\W+$", "", text[start:end])
    mine = [word for word, (low, high) in timed if low < end and high > start]
    return _Copy(start, end, start + len(letters), mine[-1].end - mine[0].start if mine else 0.0)


def _room(segment: Segment, timed: _Timed, copies: Sequence[_Copy]) -> float:
    """Give the seconds from the word before the copies to the one after: times of words slip, into pauses too."""
    start, end = copies[0].start, copies[-1].end
    begin = max((word.end for word, (_, high) in timed if high <= start), default=segment.start)
    return min((word.start for word, (low, _) in timed if low >= end), default=segment.end) - begin


def _said(copies: Sequence[_Copy], pace: Pace) -> list[int]:
    """Number the copies that somebody said: those that had some time; all, where nobody knows."""
    longest = max(one.seconds for one in copies)
    return [n for n, copy in enumerate(copies) if not (longest and _hurried(copy, longest, pace))]


def _hurried(copy: _Copy, longest: float, pace: Pace) -> bool:
    """Say whether a copy had no time while another had it."""
    return copy.end - copy.start > copy.seconds * pace.rate and longest >= copy.seconds * UNEVEN


def _without(text: str, copies: Sequence[_Copy], said: Sequence[int]) -> Iterator[Edit]:
    """Drop the copies that were not said; the text begins as the first did, and ends as the last."""
    if said[0]:
        first, begun = copies[0].start, copies[said[0]].start
        yield Edit(first, begun + 1, text[begun].upper() if text[first].isupper() else text[begun])
    for number, following in zip(said, [*said[1:], len(copies)], strict=True):
        if following > number + 1:
            yield Edit(copies[number].letters_end, copies[following - 1].letters_end, "")
