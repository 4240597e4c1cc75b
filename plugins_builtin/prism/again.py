"""One window heard again with care, where what came of many at once is not to be believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from plugins_builtin.prism.reading import DOUBTFUL, REPEATED, SILENT
from plugins_builtin.prism.windows import RATE

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment

    from plugins_builtin.prism.ear import Ear
    from plugins_builtin.prism.windows import Window


def again(ear: Ear, window: Window) -> Iterator[Segment]:
    """Hear one window in Whisper's own full one, with timestamps; without repeats if it still goes round.

    No sampling at a temperature: the same recording gives the same text.
    """
    settings = {
        "language": ear.plan.language,
        "task": ear.plan.task,
        "beam_size": max(ear.plan.beam_size, 5),
        "initial_prompt": ear.plan.prompt or None,
        "condition_on_previous_text": False,
        "temperature": 0.0,
        "word_timestamps": ear.plan.words,
    }
    found = _heard(ear, window, settings)
    if any(segment.compression_ratio > REPEATED for segment in found):
        found = _heard(ear, window, {**settings, "no_repeat_ngram_size": 4})
    for segment in found:
        if segment.avg_logprob >= DOUBTFUL or segment.no_speech_prob <= SILENT:
            yield _shifted(segment, window.start / RATE)


def _heard(ear: Ear, window: Window, settings: dict[str, Any]) -> list[Segment]:
    ear.check()
    return list(ear.whisper.transcribe(ear.sound(window), **settings)[0])


def _shifted(segment: Segment, seconds: float) -> Segment:
    segment.start, segment.end = segment.start + seconds, segment.end + seconds
    for word in segment.words or ():
        word.start, word.end = word.start + seconds, word.end + seconds
    return segment
