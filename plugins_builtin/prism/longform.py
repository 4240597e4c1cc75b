"""Recordings: many short windows through the encoder and decoder at once, those that went wrong again with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import ctranslate2
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import Segment, Word, get_compression_ratio, get_suppressed_tokens

from plugins_builtin.prism.aligning import Alignment
from plugins_builtin.prism.plan import Plan
from plugins_builtin.prism.sharing import Part, in_order, parts
from plugins_builtin.prism.windows import RATE, Window

if TYPE_CHECKING:
    from swv6.plugins import Samples

FRAMES = 100
"""Feature frames per second."""
FULL = 30 * FRAMES
"""Frames of the window that Whisper was trained on, and its limit."""
TOKENS = 8.0
"""Most tokens a second that people say (French about 5); a window that reaches it went round in a loop."""
ROOM_LOST = 4
"""Tokens of CTranslate2's half that are the prompt's or the end's."""
DEPTH = 3
"""Times that a window is halved in which speech became no word: Whisper leaves out a sentence that it has just written,
and breaks off in some long windows."""
REPEATED = 2.4
"""Times that gzip shrinks a text that repeats itself: Whisper's own limit."""
DOUBTFUL = -1.0
"""Mean log probability under which a text is not believed: Whisper's own limit."""
SILENT = 0.6
"""Probability of no speech above which a doubtful text is left out: Whisper's own limit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the decoder gave for one window."""

    tokens: list[int]
    text: str
    logprob: float
    no_speech: float

    def silent(self) -> bool:
        """Say whether Whisper itself takes it for silence."""
        return self.no_speech > SILENT and self.logprob < DOUBTFUL

    def wrong(self, room: int) -> bool:
        """Say whether it is a loop or a guess; `room` is how many tokens it might have."""
        looped = len(self.tokens) >= room or get_compression_ratio(self.text) > REPEATED
        return bool(self.text) and (looped or self.logprob < DOUBTFUL)


def hear(whisper: Any, samples: Samples, windows: Iterable[Window], plan: Plan) -> Iterator[Segment]:
    """Yield what is said in each window, in order, times in seconds from the start of `samples`."""
    tokenizer = Tokenizer(whisper.hf_tokenizer, whisper.model.is_multilingual, task=plan.task, language=plan.language)
    workers = whisper.model.num_workers if whisper.model.device == "cpu" else 1
    work = partial(_part, whisper, tokenizer, samples, plan)
    yield from in_order(work, parts(windows, plan.batch_size, workers), workers)


def _part(
    whisper: Any, tokenizer: Tokenizer, samples: Samples, plan: Plan, part: Part, depth: int = 0
) -> Iterator[Segment]:
    batch = part.windows
    features = _features(whisper, samples, part, plan.margin)
    encoded = _encoded(whisper, features)
    room = min(16 + round(part.longest.seconds * TOKENS), whisper.max_length // 2 - ROOM_LOST)
    readings = read(whisper, tokenizer, encoded, len(batch), room, plan)
    frames = [min(features.shape[-1], round(window.seconds * FRAMES)) for window in batch]
    alignment = Alignment(whisper, tokenizer, encoded, [reading.tokens for reading in readings], frames)
    missed = [alignment.missed(number, window) for number, window in enumerate(batch)]
    drafts = [[_draft(window, reading)] for window, reading in zip(batch, readings, strict=True)]
    if plan.words:
        alignment.add_words(drafts)
    for window, reading, (draft,), lost in zip(batch, readings, drafts, missed, strict=True):
        if not reading.text or reading.silent():
            continue
        if reading.wrong(room):
            yield from _again(whisper, samples, window, plan)
            continue
        kept = [_segment(draft, reading, plan)]
        halves = list(window.halves()) if lost and depth < DEPTH else []
        if halves:
            both = Part(halves, max(halves, key=lambda half: half.seconds))
            kept = max(kept, list(_part(whisper, tokenizer, samples, plan, both, depth + 1)), key=_letters)
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


def _features(whisper: Any, samples: Samples, part: Part, margin: float) -> Any:
    """Stack the windows' features, shape (n, mels, frames), the shorter ones followed by quiet."""
    heard = [whisper.feature_extractor(samples[window.start : window.end], padding=0) for window in part.windows]
    longest = (part.longest.end - part.longest.start) * FRAMES // RATE
    frames = min(FULL, longest + round(margin * FRAMES))
    frames += frames % 2  # the encoder halves them
    rows = [one[:, :frames] for one in heard]
    return np.stack([np.pad(r, ((0, 0), (0, frames - r.shape[-1])), constant_values=r.min()) for r in rows])


def _encoded(whisper: Any, features: Any) -> Any:
    """Encode; on a CPU one window after the other.

    There a batch gains nothing, and takes as many times the memory.
    """
    if whisper.model.device != "cpu" or len(features) == 1:
        return whisper.encode(features)
    return ctranslate2.StorageView.from_array(np.concatenate([np.array(whisper.encode(one)) for one in features]))


def read(whisper: Any, tokenizer: Tokenizer, encoded: Any, count: int, room: int, plan: Plan) -> list[Reading]:
    """Decode `count` encoded windows, at most `room` tokens each."""
    before = tokenizer.encode(" " + plan.prompt.strip()) if plan.prompt else []
    prompt = whisper.get_prompt(tokenizer, before, without_timestamps=True, hotwords=plan.hotwords or None)
    results = whisper.model.generate(
        encoded,
        [prompt] * count,
        beam_size=plan.beam_size,
        max_length=min(whisper.max_length, 2 * (len(prompt) + room)),  # it writes half as many
        suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        return_scores=True,
        return_no_speech_prob=True,
    )
    return [_reading(tokenizer, result) for result in results]


def _reading(tokenizer: Tokenizer, result: Any) -> Reading:
    tokens = [token for token in result.sequences_ids[0] if token < tokenizer.eot]
    said = len(result.sequences_ids[0])
    logprob = float(result.scores[0]) * said / (said + 1)
    return Reading(tokens, tokenizer.decode(tokens).strip(), logprob, float(result.no_speech_prob))


def _draft(window: Window, reading: Reading) -> dict[str, Any]:
    start, end = window.start / RATE, window.end / RATE
    seek = round(start * FRAMES)
    return {"start": start, "end": end, "seek": seek, "tokens": reading.tokens, "text": reading.text}


def _again(whisper: Any, samples: Samples, window: Window, plan: Plan) -> Iterator[Segment]:
    """Hear one window in Whisper's own full one, with timestamps; without repeats if it still goes round.

    No sampling at a temperature: the same recording gives the same text.
    """
    settings = {
        "language": plan.language,
        "task": plan.task,
        "beam_size": max(plan.beam_size, 5),
        "initial_prompt": plan.prompt or None,
        "condition_on_previous_text": False,
        "temperature": 0.0,
        "word_timestamps": plan.words,
    }
    sound, shift = samples[window.start : window.end], window.start / RATE
    found = list(whisper.transcribe(sound, **settings)[0])
    if any(segment.compression_ratio > REPEATED for segment in found):
        found = list(whisper.transcribe(sound, **settings, no_repeat_ngram_size=4)[0])
    for segment in found:
        if segment.avg_logprob >= DOUBTFUL or segment.no_speech_prob <= SILENT:
            yield _shifted(segment, shift)


def _shifted(segment: Any, seconds: float) -> Segment:
    segment.start, segment.end = segment.start + seconds, segment.end + seconds
    for word in segment.words or ():
        word.start, word.end = word.start + seconds, word.end + seconds
    found: Segment = segment
    return found
