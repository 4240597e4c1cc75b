"""Clean-up of what was heard live: phrases that silence makes, loops, spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from importlib.resources import files

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


def clean(transcript: Transcript, language: str = "") -> Transcript:
    """Give `transcript` without what nobody said; an empty text means that nothing was.

    `language` is not needed so far: the phrases of all languages are known by heart, Whisper mixes them too. What was
    done stands in `post["transcript"]`: `silence` (segments dropped), `repeated` (words dropped).
    """
    kept = [s for s in transcript.segments if not _of_silence(s.text)]
    dropped = len(transcript.segments) - len(kept)
    text = " ".join(s.text.strip() for s in kept) if dropped else transcript.text
    if _of_silence(text):
        text, kept, dropped = "", [], max(dropped, 1)
    tidy = tidied(text)
    short = without_loops(tidy)
    done = {"silence": dropped, "repeated": len(tidy.split()) - len(short.split())}
    segments = tuple(_shortened(s) for s in _without_repeats(kept)) if short else ()
    return replace(transcript, text=short, segments=segments, post={**transcript.post, "transcript": done})


def tidied(text: str) -> str:
    """Compose accents (NFC) and make every run of spaces one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def without_loops(text: str) -> str:
    """Say once a phrase that is repeated in a row; an empty text when there is nothing else in it."""
    words = _STRETCHED.sub(r"\1\1\1", text).split()
    keys = [_key(word) for word in words]
    kept: list[str] = []
    at = 0
    while at < len(words):
        size, times = _loop(keys, at)
        if at == 0 and size > 1 and times >= REJECTED and len(words) - size * times < size:
            return ""
        kept += words[at : at + size]
        at += size * times
    return " ".join(kept)


def _loop(keys: list[str], at: int) -> tuple[int, int]:
    """Give the words and the times of the loop that begins at `at`: (1, 1) when none does."""
    for size in range(1, LONGEST + 1):
        phrase, times = keys[at : at + size], 1
        while keys[at + size * times : at + size * (times + 1)] == phrase:
            times += 1
        if times >= (LOOP_OF_A_WORD if len(set(phrase)) == 1 else LOOP):
            return size, times
    return 1, 1


def _without_repeats(segments: list[Segment]) -> list[Segment]:
    """Drop the segments that only say again, for the fourth time or more, what the one before said."""
    kept: list[Segment] = []
    run = 0
    for segment in segments:
        run = run + 1 if kept and _key(kept[-1].text) == _key(segment.text) else 1
        if run < LOOP:
            kept.append(segment)
    return kept


def _shortened(segment: Segment) -> Segment:
    return replace(segment, text=without_loops(tidied(segment.text)))


def _of_silence(text: str) -> bool:
    return _key(text) in _phrases() if text.strip() else False


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))


@cache
def _phrases() -> frozenset[str]:
    lines = files("swv6.text").joinpath("silence.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(_key(line) for line in lines if not line.startswith("#"))
