"""Recordings: many short windows through the encoder and decoder at once, those that went wrong again with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from faster_whisper.transcribe import Segment, Word

from plugins_builtin.prism.again import again
from plugins_builtin.prism.aligning import Alignment
from plugins_builtin.prism.ear import Ear, Stopped
from plugins_builtin.prism.encoding import FRAMES, encoded, features
from plugins_builtin.prism.reading import Reading, read, room_for
from plugins_builtin.prism.sharing import Part, in_order, parts
from plugins_builtin.prism.windows import RATE

if TYPE_CHECKING:
    from plugins_builtin.prism.plan import Plan
    from plugins_builtin.prism.windows import Window

DEPTH = 3
"""Times that a window is halved in which speech became no word: Whisper leaves out a sentence that it has just written,
and breaks off in some long windows."""
UNHEARD = 2.0
"""Seconds of speech in a window without a text that make it worth another hearing."""


def hear(ear: Ear, windows: Iterable[Window]) -> Iterator[Segment]:
    """Yield what is said in each window, in order, times in seconds from the start; end early when told to stop."""
    model = ear.whisper.model
    workers = model.num_workers if model.device == "cpu" else 1
    with suppress(Stopped):
        yield from in_order(partial(_part, ear), parts(windows, ear.plan.batch_size, workers), workers)


def _part(ear: Ear, part: Part, depth: int = 0) -> Iterator[Segment]:
    batch, plan = part.windows, ear.plan
    ear.check()
    sounds = features(ear, part)
    states = encoded(ear, sounds)
    room = room_for(ear.whisper, part.longest.seconds)
    ear.check()
    readings = read(ear.whisper, ear.tokenizer, states, room, plan)
    ear.check()
    frames = [min(2 * states.shape[1], round(window.seconds * FRAMES)) for window in batch]
    alignment = Alignment(ear.whisper, ear.tokenizer, states, [reading.tokens for reading in readings], frames)
    missed = [alignment.missed(number, window) for number, window in enumerate(batch)]
    drafts = [[_draft(window, reading)] for window, reading in zip(batch, readings, strict=True)]
    if plan.words:
        alignment.add_words(drafts)
    for window, reading, (draft,), lost in zip(batch, readings, drafts, missed, strict=True):
        if reading.silent():
            if window.voiced(0, window.seconds) >= UNHEARD:
                yield from again(ear, window)
            continue
        if reading.wrong(room):
            yield from again(ear, window)
            continue
        kept = [_segment(draft, reading, plan)]
        halves = list(window.halves()) if lost and depth < DEPTH else []
        if halves:
            both = Part(halves, max(halves, key=lambda half: half.seconds))
            kept = max(kept, list(_part(ear, both, depth + 1)), key=_letters)
        yield from kept


def _letters(segments: list[Segment]) -> int:
    return sum(len(segment.text) for segment in segments)


def _segment(draft: dict[str, Any], reading: Reading, plan: Plan) -> Segment:
    words = [Word(**word) for word in draft["words"]] if plan.words else None
    return Segment(
        **{**draft, "words": words},
        id=0,
        avg_logprob=reading.logprob,
        no_speech_prob=reading.no_speech,
        compression_ratio=0.0,
        temperature=0.0,
    )


def _draft(window: Window, reading: Reading) -> dict[str, Any]:
    start, end = window.start / RATE, window.end / RATE
    seek = round(start * FRAMES)
    return {"start": start, "end": end, "seek": seek, "tokens": reading.tokens, "text": reading.text}
