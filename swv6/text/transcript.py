"""Clean-up of what was heard: phrases that silence makes, loops, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from swv6.text.edits import Edit, changed, edited, resegmented
from swv6.text.typography import composed
from swv6.types import Segment, Transcript

LONGEST = 12
"""Words; the longest phrase whose repetition is looked for."""
LOOP = 4
"""Times in a row; nobody says a phrase of several words that often, Whisper in a loop does."""
LOOP_OF_A_WORD = 6
"""Times in a row; "non non non non" is speech."""
REJECTED = 8
"""Times in a row; a transcript that is nothing but such a loop was not speech."""

_STRETCHED = re.compile(r"([^\W\d_])\1{5,}")
_BLANKS = re.compile(r"^\s+|\s+$|\s\s+|[^\S ]")


def clean(transcript: Transcript, language: str = "") -> Transcript:
    """Give `transcript` without what nobody said; an empty text means that nothing was.

    `language` is not needed so far: the phrases of all languages are known by heart, Whisper mixes them too. What was
    done stands in `post["transcript"]`: `silence` (segments dropped), `repeated` (words dropped).
    """
    kept = tuple(s for s in transcript.segments if not of_silence(s.text))
    dropped = len(transcript.segments) - len(kept)
    text = " ".join(s.text.strip() for s in kept) if dropped else transcript.text
    if of_silence(text):
        text, kept, dropped = "", (), max(dropped, 1)
    tidy, _ = edited(replace(transcript, text=text, segments=kept), composed)
    tidy, _ = edited(tidy, _blanks)
    said = _without_loops(tidy)
    done = {"silence": dropped, "repeated": len(tidy.text.split()) - len(said.text.split())}
    return replace(said, post={**transcript.post, "transcript": done})


def tidied(text: str) -> str:
    """Compose accents (NFC) and make every run of spaces one."""
    composed_text = changed(text, composed(text))
    return changed(composed_text, _blanks(composed_text))


def without_loops(text: str) -> str:
    """Say once a phrase that is repeated in a row; an empty text when there is nothing else in it."""
    return changed(text, loops(text))


def loops(text: str) -> list[Edit]:
    """Give the changes that say once what is repeated in a row; the work grows with the length of the text."""
    words = list(re.finditer(r"\S+", text))
    said = [_STRETCHED.sub(r"\1\1\1", word[0]) for word in words]
    keys = [plain(word) for word in said]
    edits, at = list[Edit](), 0
    while at < len(words):
        size, times = _loop(keys, at)
        if at == 0 and size > 1 and times >= REJECTED and len(words) - size * times < size:
            return [Edit(0, len(text), "")]
        for n in range(at, at + size):
            if said[n] != words[n][0]:
                edits.append(Edit(*words[n].span(), said[n]))
        if times > 1:
            edits.append(Edit(words[at + size - 1].end(), words[at + size * times - 1].end(), ""))
        at += size * times
    return edits


def _loop(keys: list[str], at: int) -> tuple[int, int]:
    """Give the words and the times of the loop that begins at `at`: (1, 1) when none does."""
    for size in range(1, LONGEST + 1):
        phrase, times = keys[at : at + size], 1
        while keys[at + size * times : at + size * (times + 1)] == phrase:
            times += 1
        if times >= (LOOP_OF_A_WORD if len(set(phrase)) == 1 else LOOP):
            return size, times
    return 1, 1


def _without_loops(transcript: Transcript) -> Transcript:
    """Drop loops from the text, and the same words from the segments."""
    if " ".join(s.text for s in transcript.segments) != transcript.text:
        return edited(transcript, loops)[0]
    edits, segments, at = loops(transcript.text), list[Segment](), 0
    for segment in transcript.segments:
        mine = _within(edits, at, segment.text)
        segments.append(resegmented(segment, mine))
        at += len(segment.text) + 1
    kept = tuple(s for s in segments if s.text)
    return replace(transcript, text=" ".join(s.text for s in kept), segments=kept)


def _within(edits: Sequence[Edit], at: int, text: str) -> list[Edit]:
    """Cut edits to the part of the whole text that `text`, at `at`, is: what is dropped can be cut anywhere."""
    mine = list[Edit]()
    for edit in edits:
        start, end = max(edit.start - at, 0), min(edit.end - at, len(text))
        if start >= end:
            continue
        while start == 0 and end < len(text) and text[end] == " ":
            end += 1
        mine.append(Edit(start, end, edit.text))
    return mine


def _blanks(text: str) -> Iterator[Edit]:
    for match in _BLANKS.finditer(text):
        yield Edit(*match.span(), " " if match.start() and match.end() < len(text) else "")


def of_silence(text: str) -> bool:
    """Tell whether a text is one of the phrases that nobody says to a machine."""
    return plain(text) in phrases()[0] if text.strip() else False


def plain(text: str) -> str:
    """Give the letters and figures of a text, composed, whatever their case."""
    return "".join(filter(str.isalnum, changed(text, composed(text)).casefold()))


@cache
def phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Read the phrases of silence: those that nobody says, and those (marked `?`) that people say too."""
    lines = files("swv6.text").joinpath("silence.txt").read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if line and not line.startswith("#")]
    certain = frozenset(plain(line) for line in known if line[0] != "?")
    return certain, frozenset(plain(line) for line in known if line[0] == "?")
