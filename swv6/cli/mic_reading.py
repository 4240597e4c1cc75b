"""The reading test: a text is read aloud, recognised as `talk` would, and compared."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

import anyio

from swv6.conversation.turns import Began, Ended, Turns
from swv6.text.alignment import Alignment, Pair, align, words
from swv6.transcription.windows import final
from swv6.types import Audio

if TYPE_CHECKING:
    from rich.text import Text

    from swv6.cli.mic_ear import Ear
    from swv6.profiles.schema import Turns as TurnSettings
    from swv6.types import STT, Samples, Transcript

TEXTS = {
    "fr": "Bonjour, je voudrais savoir quel temps il fera demain à Lyon. "
    "S'il pleut, nous resterons à la maison, et nous préparerons une soupe aux légumes.",
    "en": "Hello, I would like to know what the weather will be in London tomorrow. "
    "If it rains, we will stay at home, and cook a vegetable soup together.",
}
"""Everyday words with many different sounds, without figures or rare names."""
_PATIENCE = 8.0
"""Seconds without speech after which the reader is not coming (back)."""
_ENOUGH = 0.8
"""Share of the text's words after which the next pause may be the end."""
_PACE = 1.0
"""Seconds that a slow reader needs for a word: the longest test."""
_FIRST = 0.4
"""Seconds of speech in which a first word can be recognised at all."""


@dataclass(slots=True)
class Reading:
    """What was heard of a text, and when."""

    text: str
    language: str
    turns: list[Transcript] = field(default_factory=list)
    first_word: float | None = None
    """Seconds from the start of speech until a first word could be shown."""
    sentences: list[float] = field(default_factory=list)
    """Seconds from the end of each turn's speech until its text was there, the wait for its end included."""

    @property
    def heard(self) -> str:
        return " ".join(turn.text for turn in self.turns if turn.text)

    @property
    def alignment(self) -> Alignment:
        return align(self.text, self.heard, self.language)

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `mic --json` prints."""
        found, rounded = self.alignment, [round(seconds, 3) for seconds in self.sentences]
        return {
            "language": self.language,
            "text": self.text,
            "heard": self.heard,
            "accuracy": round(found.accuracy, 4),
            "wer": round(found.wer, 4),
            "words": [{"fate": pair.fate, "said": pair.said, "heard": pair.heard} for pair in found.pairs],
            "first_word_latency": self.first_word and round(self.first_word, 3),
            "sentence_latency": round(median(self.sentences), 3) if self.sentences else None,
            "sentence_latencies": rounded,
            "backend_used": self.turns[-1].backend if self.turns else "",
            "model_used": self.turns[-1].model if self.turns else "",
        }


class _Told:
    """A detector that repeats what the ear's detector said of the same frame."""

    def __init__(self, ear: Ear, frame: int) -> None:
        self.rate, self.frame, self._ear = ear.rate, frame, ear

    def __call__(self, frame: Samples, /) -> float:
        return self._ear.probability

    def reset(self) -> None: ...


async def read_aloud(ear: Ear, stt: STT, settings: TurnSettings, reading: Reading) -> None:
    """Listen until the text has been read (or nobody speaks, or the recording ends) and fill in `reading`.

    Raises Unavailable when no backend can transcribe.
    """
    async with anyio.create_task_group() as tasks:
        hearing = _Hearing(ear, stt, reading)
        tasks.start_soon(hearing.transcribe)
        await _listen(ear, settings, hearing)


@dataclass(slots=True)
class _Hearing:
    """Transcribes turns one after the other while the next one is listened to."""

    ear: Ear
    stt: STT
    reading: Reading
    began: float | None = None
    """Seconds into the sound where the turn under way began."""
    waiting: list[Ended] = field(default_factory=list)
    closed: bool = False
    busy: bool = False

    async def transcribe(self) -> None:
        """Give the first word as early as it can be had, then each turn when it has ended."""
        while not self.closed or self.waiting:
            if self.waiting:
                self.busy = True
                ended = self.waiting.pop(0)
                text = await final(self.stt, ended.audio)
                if text is not None:
                    self.reading.turns.append(text)
                    self.reading.sentences.append(time.perf_counter() - self.ear.moment(ended.speech_end))
                self.busy = False
            elif self.began is not None and self.reading.first_word is None and self.ear.now - self.began >= _FIRST:
                await self._first_word(self.began)
            else:
                await anyio.sleep(0.02)

    async def _first_word(self, began: float) -> None:
        start = max(0.0, began - 0.3)
        partial = await final(self.stt, Audio(self.ear.samples(start), self.ear.rate, start))
        if partial is not None and partial.text.strip():
            self.reading.first_word = time.perf_counter() - self.ear.moment(began)

    @property
    def done(self) -> bool:
        """Tell whether most of the text has been heard and nothing is under way."""
        wanted = _ENOUGH * len(words(self.reading.text, self.reading.language))
        heard = len(words(self.reading.heard, self.reading.language))
        return self.began is None and not self.waiting and not self.busy and heard >= wanted


async def _listen(ear: Ear, settings: TurnSettings, hearing: _Hearing) -> None:
    turns: Turns | None = None
    still_since, longest = ear.now, _PATIENCE + _PACE * len(hearing.reading.text.split())
    async for frame in ear.frames(longest):
        if turns is None:
            turns = Turns(_Told(ear, len(frame.samples)), settings)
        for event in turns.feed(Audio(frame.samples, ear.rate, frame.at)):
            if isinstance(event, Began):
                hearing.began = event.at
            elif isinstance(event, Ended):
                hearing.began, still_since = None, ear.now
                hearing.waiting.append(event)
        if hearing.began is None and (hearing.done or ear.now - still_since > _PATIENCE):
            break
    hearing.waiting += [event for event in turns.flush() if isinstance(event, Ended)] if turns else []
    hearing.closed = True


def coloured(alignment: Alignment) -> Text:
    """Write the words as they were heard; what was wrong stands in brackets, and in colour where there is any."""
    from rich.text import Text

    parts = [_shown(pair) for pair in alignment.pairs]
    text = Text()
    for at, (word, style) in enumerate(parts):
        text.append(word, style)
        text.append("" if word.endswith("'") or at == len(parts) - 1 else " ")
    return text


def _shown(pair: Pair) -> tuple[str, str]:
    match pair.fate:
        case "heard":
            return pair.said, ""
        case "wrong":
            return f"[{pair.said}: {pair.heard}]", "red"
        case "missed":
            return f"[{pair.said}: -]", "bold red"
        case _:
            return f"[+ {pair.heard}]", "yellow"
