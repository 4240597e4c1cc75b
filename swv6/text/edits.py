"""Changes to a text, and to the segments and words that it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from swv6.types import Segment, Transcript, Word


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in place of `text[start:end]`."""

    start: int
    end: int
    text: str


Finder: TypeAlias = Callable[[str], Iterable[Edit]]
"""Finds what to change: edits in order, none overlapping another."""


def changed(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that are in order."""
    parts, at = list[str](), 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def edited(transcript: Transcript, find: Finder) -> tuple[Transcript, int]:
    """Change a transcript's text, its segments and their words alike; gives the number of changes too.

    Words that become one keep the first one's start and the last one's end; so do segments that a change spans.
    """
    edits = list(find(transcript.text))
    if " ".join(s.text for s in transcript.segments) == transcript.text:
        segments = _spread(transcript.segments, edits)
    else:  # the backend wrote its text in another way than its segments'
        segments = [resegmented(s, list(find(s.text))) for s in transcript.segments]
    kept = tuple(s for s in segments if s.text)
    return replace(transcript, text=changed(transcript.text, edits), segments=kept), len(edits)


def _spread(segments: Sequence[Segment], edits: Sequence[Edit]) -> list[Segment]:
    """Give each edit of the joined text to its segment; the segments that one spans become one."""
    whole, spread, at, next_ = list(segments), list[Segment](), 0, 0
    for n, segment in enumerate(whole):
        end, mine = at + len(segment.text), list[Edit]()
        while next_ < len(edits) and edits[next_].start <= end:
            if edits[next_].end > end and n + 1 < len(whole):
                break
            mine.append(edits[next_])
            next_ += 1
        if next_ < len(edits) and edits[next_].start <= end < edits[next_].end:
            whole[n + 1] = _together(segment, whole[n + 1])
            next_ -= len(mine)
            continue
        spread.append(resegmented(segment, [Edit(e.start - at, e.end - at, e.text) for e in mine]))
        at = end + 1
    return spread


def _together(one: Segment, other: Segment) -> Segment:
    sure = min(one.confidence, other.confidence)
    return Segment(f"{one.text} {other.text}", one.start, other.end, sure, one.words + other.words)


def resegmented(segment: Segment, edits: Sequence[Edit]) -> Segment:
    """Change a segment and its words."""
    if not edits:
        return segment
    return replace(segment, text=changed(segment.text, edits), words=_words(segment, edits))


def _words(segment: Segment, edits: Sequence[Edit]) -> tuple[Word, ...]:
    """Carry edits over to words; words that cannot be found in the text stay as they are."""
    spans = located(segment.words, segment.text)
    if spans is None:
        return segment.words
    words, n, next_ = list[Word](), 0, 0
    while n < len(spans):
        low, high = spans[n]
        first, mine = n, list[Edit]()
        n += 1
        while next_ < len(edits) and edits[next_].start <= high:
            edit = edits[next_]
            if _apart(edit, low, high):
                if edit.start >= high:  # between this word and the next one, or at the next one's beginning
                    break
                next_ += 1
                continue
            mine.append(edit)
            next_ += 1
            while n < len(spans) and edit.end > spans[n][0]:
                high = spans[n][1]
                n += 1
        if not mine:
            words.append(segment.words[first])
            continue
        low, high = min(low, mine[0].start), max(high, mine[-1].end)
        local = [Edit(e.start - low, e.end - low, e.text) for e in mine]
        words += _retold(segment.words[first:n], changed(segment.text[low:high], local).strip())
    return tuple(words)


def _apart(edit: Edit, low: int, high: int) -> bool:
    """Tell whether an edit leaves the word alone; what is put in at a word's end belongs to it."""
    if edit.start == edit.end:
        return not low <= edit.start <= high
    return edit.start >= high or edit.end <= low


def _retold(words: Sequence[Word], text: str) -> list[Word]:
    """Say `text` with the times of `words`: one by one where they are as many, else as one."""
    texts = text.split(" ")
    if len(texts) == len(words):
        return [replace(word, text=said) for word, said in zip(words, texts, strict=True)]
    sure = min(word.confidence for word in words)
    return [Word(text, words[0].start, words[-1].end, sure)] if text else []


def located(words: Sequence[Word], text: str) -> list[tuple[int, int]] | None:
    """Find where each word stands in its text; None when they are not those of the text."""
    spans, at = list[tuple[int, int]](), 0
    for word in words:
        begin = text.find(word.text, at)
        if begin < 0:
            return None
        at = begin + len(word.text)
        spans.append((begin, at))
    return spans
