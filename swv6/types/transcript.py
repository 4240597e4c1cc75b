"""What was heard, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """One word and when it was said."""

    text: str
    start: float
    """Seconds, on the same clock as the request's `Audio.start`."""
    end: float
    """Seconds."""
    confidence: float
    """0..1."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A phrase of a transcript."""

    text: str
    start: float
    """Seconds, on the same clock as the request's `Audio.start`."""
    end: float
    """Seconds."""
    confidence: float
    """0..1."""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard. Partials come first; the last item of a stream is final."""

    text: str
    segments: tuple[Segment, ...] = ()
    language: str = ""
    """ISO 639-1 code, empty when unknown."""
    confidence: float = 0.0
    """0..1."""
    final: bool = True
    backend: str = ""
    model: str = ""
    duration: float = 0.0
    """Seconds of sound."""
    elapsed: float = 0.0
    """Seconds of work."""
    metrics: Mapping[str, Any] = field(default_factory=dict)
    """What the backend wants to add (`backend_metrics`)."""
    post: Mapping[str, Any] = field(default_factory=dict)
    """What each transcript filter did (`post_processing_metrics`)."""

    @property
    def rtf(self) -> float:
        """Seconds of work per second of sound."""
        return self.elapsed / self.duration if self.duration else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Give the keys that `transcribe --json` prints."""
        return {
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "segments": [
                {
                    "text": s.text,
                    "start": round(s.start, 3),
                    "end": round(s.end, 3),
                    "confidence": round(s.confidence, 4),
                    "words": [
                        {
                            "text": w.text,
                            "start": round(w.start, 3),
                            "end": round(w.end, 3),
                            "confidence": round(w.confidence, 4),
                        }
                        for w in s.words
                    ],
                }
                for s in self.segments
            ],
            "language": self.language,
            "processing_time": round(self.elapsed, 4),
            "rtf": round(self.rtf, 4),
            "audio_duration": round(self.duration, 3),
            "success": True,
            "post_processing_metrics": dict(self.post),
            "model_used": self.model,
            "backend_used": self.backend,
            "backend_metrics": dict(self.metrics),
        }
