"""Which sound each word was heard in, and so whether any speech became no word at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from faster_whisper import WhisperModel

if TYPE_CHECKING:
    from faster_whisper.tokenizer import Tokenizer

    from plugins_builtin.prism.windows import Window

PASSED_OVER = 1.4
"""Seconds of speech in one word, or after the last, that show that a sentence was passed over. Measured on 28 windows
of people and Kokoro, French and English: at most 1.1 where all is written, 1.6 where a sentence is not."""


class Alignment:
    """The words of one batch of windows, found once: for the check, then for the times that are shown."""

    def __init__(self, whisper: WhisperModel, tokenizer: Tokenizer, encoded: Any, tokens: list[list[int]], frames: Any):
        self._found = whisper.find_alignment(tokenizer, tokens, encoded, frames)
        self._frames = frames
        self._tokenizer = tokenizer
        self.frames_per_second = whisper.frames_per_second

    def missed(self, number: int, window: Window) -> bool:
        """Say whether speech of the window, the `number`-th of the batch, is in no word."""
        return any(window.voiced(start, end) > PASSED_OVER for start, end in _spans(self._found[number], window))

    def find_alignment(self, *_: Any) -> Any:
        """Give what was found; faster-whisper asks."""
        return self._found

    def add_words(self, segments: list[list[dict[str, Any]]]) -> None:
        """Put words into the drafts of segments; faster-whisper's own rules for long words and punctuation."""
        before, after = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
        WhisperModel.add_word_timestamps(self, segments, self._tokenizer, None, self._frames, before, after, 0.0)


def _spans(words: Sequence[dict[str, Any]], window: Window) -> Iterator[tuple[float, float]]:
    """Give each word's seconds in the window, then those after the last."""
    for word in words:
        yield word["start"], word["end"]
    if words:
        yield words[-1]["end"], window.seconds
