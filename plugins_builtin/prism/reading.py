"""What the decoder writes for windows, and whether that is to be believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faster_whisper.transcribe import get_compression_ratio, get_suppressed_tokens

if TYPE_CHECKING:
    from faster_whisper.tokenizer import Tokenizer

    from plugins_builtin.prism.plan import Plan

TOKENS = 8.0
"""Most tokens a second that people say (French about 5); a window that reaches it went round in a loop."""
ROOM_LOST = 4
"""Tokens of CTranslate2's half that are the prompt's or the end's."""
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
        return not self.text or (self.no_speech > SILENT and self.logprob < DOUBTFUL)

    def wrong(self, room: int) -> bool:
        """Say whether it is a loop or a guess; `room` is how many tokens it might have."""
        looped = len(self.tokens) >= room or get_compression_ratio(self.text) > REPEATED
        return bool(self.text) and (looped or self.logprob < DOUBTFUL)


def room_for(whisper: Any, seconds: float) -> int:
    """Give how many tokens a window of that length may have."""
    half: int = whisper.max_length // 2
    return min(16 + round(seconds * TOKENS), half - ROOM_LOST)


def read(whisper: Any, tokenizer: Tokenizer, encoded: Any, room: int, plan: Plan) -> list[Reading]:
    """Decode encoded windows, shape (n, frames, size), at most `room` tokens each."""
    before = tokenizer.encode(" " + plan.prompt.strip()) if plan.prompt else []
    prompt = whisper.get_prompt(tokenizer, before, without_timestamps=True, hotwords=plan.hotwords or None)
    results = whisper.model.generate(
        encoded,
        [prompt] * encoded.shape[0],
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
