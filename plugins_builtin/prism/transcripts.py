"""What the engine heard, as the contract's transcripts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from swv6.plugins import Audio, Segment, Transcript, Word


@dataclass(slots=True)
class Hearing:
    """One request's transcript as it grows."""

    audio: Audio
    language: str
    model: str
    metrics: dict[str, Any]
    translated: bool = False
    """Whether the text is English, whatever `language` is spoken."""
    began: float = field(default_factory=perf_counter)
    segments: list[Segment] = field(default_factory=list)

    def add(self, heard: Any) -> None:
        """Take in one segment of faster-whisper; its times count from the beginning of the audio."""
        self.segments.append(_segment(heard, self.audio.start))

    def transcript(self, final: bool) -> Transcript:
        """Give everything so far; its language is the text's, what was spoken stands in the metrics beside it."""
        spoken = {"spoken_language": self.language} if self.translated else {}
        return Transcript(
            text=" ".join(segment.text for segment in self.segments),
            segments=tuple(self.segments),
            language="en" if self.translated else self.language,
            confidence=confidence(self.segments),
            final=final,
            backend="prism",
            model=self.model,
            duration=self.audio.seconds,
            elapsed=perf_counter() - self.began,
            metrics={**self.metrics, **spoken},
        )


def confidence(segments: Iterable[Segment]) -> float:
    """Weigh the segments' confidences by their durations: 0..1, 0 for no segment."""
    weighed = [(max(segment.end - segment.start, 1e-3), segment.confidence) for segment in segments]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * sure for weight, sure in weighed) / total if total else 0.0


def _segment(heard: Any, start: float) -> Segment:
    words = tuple(
        Word(word.word.strip(), start + float(word.start), start + float(word.end), _unit(word.probability))
        for word in heard.words or ()
    )
    sure = _unit(math.exp(heard.avg_logprob))
    return Segment(heard.text.strip(), start + float(heard.start), start + float(heard.end), sure, words)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
