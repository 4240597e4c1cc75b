"""Capitals and final marks where a recogniser writes none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from swv6.text.edits import Edit, located, resegmented
from swv6.types import Segment, Transcript

PAUSE = 0.6
"""Seconds between two words after which a sentence is taken to have ended: the silence that ends a turn by default."""
FEWEST = 3
"""Words without a mark from which a text counts as unpunctuated: "Oui" by itself may be meant so."""
_MARK = re.compile(r"[.!?…;:,](?:\s|$)")
_BE = "is|are|was|were|am|do|does|did|can|could|will|would|should|have|has|had"
_SOMEBODY = "i|you|he|she|it|we|they|there|this|that|these|those|the|a|my|your|anyone|someone"
_QUESTION = {
    "fr": re.compile(
        r"(?:et |mais |alors )?(?:est-ce|qu'est-ce|qui est-ce|qui est|qu'y a|(?:à |de )?quel(?:le)?s?|où|comment|"
        r"combien|pourquoi|depuis quand|lequel|laquelle)\b|.*\w-(?:t-)?(?:ils?|elles?|on|vous|tu|nous|je)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"(?:and |but |so )?(?:(?:who|what|when|where|why|how|which|whose)"
        rf"(?:'s|\s+(?:\w+\s+)?(?:{_BE}|many|much|long))\b|(?:{_BE})\s+(?:{_SOMEBODY})\b)",
        re.IGNORECASE,
    ),
}
"""How questions begin; in French also a verb with its pronoun behind it ("viens-tu", but not "-là", "-moi")."""


def punctuated(transcript: Transcript, language: str) -> tuple[Transcript, int]:
    """Give each sentence a capital and a final mark where the text has no mark at all, and say how many were ended.

    Sentences end with the segments, and at pauses of PAUSE between words; commas are not guessed. Text that has any
    punctuation is left alone, and so is that of languages other than French and English.
    """
    code = language[:2].lower()
    bare = len(transcript.text.split()) >= FEWEST and not _MARK.search(transcript.text)
    if not bare or code not in _QUESTION:
        return transcript, 0
    segments = transcript.segments
    if not segments or " ".join(s.text for s in segments) != transcript.text:
        alone = Segment(transcript.text, 0.0, transcript.duration, transcript.confidence)
        edits = list(_sentence(alone.text, 0, len(alone.text), code))
        return replace(transcript, text=resegmented(alone, edits).text), 1
    marked, count = list[Segment](), 0
    for n, segment in enumerate(segments):
        last = n + 1 == len(segments) or segments[n + 1].start - segment.end >= PAUSE or not segment.words
        spans = _sentences(segment, begins=n == 0 or _ended(marked[-1].text), ends=last)
        edits = [
            e for start, end, first, ended in spans for e in _sentence(segment.text, start, end, code, first, ended)
        ]
        count += sum(ended for *_, ended in spans)
        marked.append(resegmented(segment, edits))
    return replace(transcript, text=" ".join(s.text for s in marked), segments=tuple(marked)), count


def _sentences(segment: Segment, begins: bool, ends: bool) -> list[tuple[int, int, bool, bool]]:
    """Cut a segment at its pauses: (start, end, whether it begins a sentence, whether it ends one)."""
    places = located(segment.words, segment.text) or []
    cuts = [
        (places[n][1], places[n + 1][0])
        for n in range(len(places) - 1)
        if segment.words[n + 1].start - segment.words[n].end >= PAUSE
    ]
    starts = [0, *(after for _, after in cuts)]
    stops = [*(before for before, _ in cuts), len(segment.text)]
    last = len(starts) - 1
    pairs = enumerate(zip(starts, stops, strict=True))
    return [(start, stop, begins or n > 0, ends or n < last) for n, (start, stop) in pairs]


def _sentence(text: str, start: int, end: int, code: str, first: bool = True, ended: bool = True) -> Iterator[Edit]:
    """Give the capital and the mark of one sentence."""
    said = text[start:end].rstrip()
    if not said:
        return
    if first and said[0] != said[0].upper():
        yield Edit(start, start + 1, said[0].upper())
    if ended:
        question = " ?" if code == "fr" else "?"
        yield Edit(start + len(said), start + len(said), question if _asks(said, code) else ".")


def _asks(sentence: str, code: str) -> bool:
    """Tell a question by its first words, or by a verb turned round."""
    return _QUESTION[code].match(sentence.replace("\u2019", "'")) is not None


def _ended(text: str) -> bool:
    return text.endswith((".", "?"))
