"""The values and protocols that cross every boundary; standard library only, numpy as a name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.float32]
    """Mono PCM, float32 in [-1, 1], shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Mono sound at one rate."""

    samples: Samples
    rate: int
    """Hz."""
    start: float = 0.0
    """Seconds on the session clock, or into the file."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


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


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """What `say` reports for one request."""

    success: bool
    backend_used: str = ""
    latency_ms: float = 0.0
    """Milliseconds from the request to the first sound."""
    audio_data: bytes = b""
    """A whole WAV file."""
    error: str = ""


Role: TypeAlias = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One line of a conversation."""

    role: Role
    text: str


Chat: TypeAlias = tuple[Message, ...]

Request = TypeVar("Request", contravariant=True)
Item = TypeVar("Item", covariant=True)


class Stage(Protocol[Request, Item]):
    """One request in, a stream of items out."""

    def __call__(self, request: Request, /) -> AsyncIterator[Item]: ...


STT: TypeAlias = Stage[Audio, Transcript]
"""Sound of any rate in; partial transcripts out, the last one final."""
LLM: TypeAlias = Stage[Chat, str]
"""A conversation in; text deltas out."""
TTS: TypeAlias = Stage[str, Audio]
"""One clause in; sound out, as it is made."""


class VAD(Protocol):
    """Voice activity detection, one frame at a time, with a state."""

    rate: int
    """Hz that frames must have."""
    frame: int
    """Samples that each frame must have."""

    def __call__(self, frame: Samples, /) -> float:
        """Return the probability (0..1) that this frame is speech."""

    def reset(self) -> None:
        """Forget the frames so far."""


class TurnEnd(Protocol):
    """Whether somebody who pauses has finished, from how they sound."""

    def __call__(self, audio: Audio, /) -> Awaitable[float]:
        """Return the probability (0..1) that the turn so far (mono, 16 kHz, ending in the pause) is finished.

        Work that takes longer than a frame is done on a thread. Raises BackendError.
        """


class WakeWord(Protocol):
    """Hears the words that it was given, one frame at a time, with a state."""

    rate: int
    """Hz that frames must have."""
    frame: int
    """Samples that each frame must have."""
    words: tuple[str, ...]
    """What it listens for, as it is said."""

    def __call__(self, frame: Samples, /) -> str | None:
        """Return the word that ends in this frame, or None."""

    def reset(self) -> None:
        """Forget the frames so far."""


class Microphone(Protocol):
    """A source of sound."""

    live: bool
    """True when time passes whether anyone listens or not; False for a recording, which waits for its listener."""

    def frames(self) -> AsyncIterator[Audio]:
        """Stream short blocks of sound, in order, until the source ends."""


class Speaker(Protocol):
    """A sink for sound that plays what it is given, in order, without gaps."""

    tap: Callable[[Audio], None] | None
    """Hears exactly what is played, as it is handed to the device: on the event loop's thread, in order, mono, at the
    device's rate; silence included where the device makes some."""

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`; wait only while the queue is full."""

    async def drain(self) -> None:
        """Wait until everything queued has been played."""

    def stop(self) -> None:
        """Fall silent at once, forget the queue and a pause. Idempotent; playing afterwards works."""

    def pause(self) -> None:
        """Fall silent at once and lose nothing: `play` queues, `drain` waits. Idempotent."""

    def resume(self) -> None:
        """Play on where it paused. Idempotent."""

    @property
    def played(self) -> float:
        """Seconds of sound actually played since it was opened (sound dropped by `stop` not counted)."""


class EchoCanceller(Protocol):
    """Takes out of a microphone's sound what the loudspeaker plays, 10 ms at a time."""

    rate: int
    """Hz that both sounds must have."""
    frame: int
    """Samples that each frame must have: 10 ms."""

    def played(self, frame: Samples, /) -> None:
        """Take in a frame that the loudspeaker was given; called before its echo is heard."""

    def clean(self, frame: Samples, /) -> Samples:
        """Return a frame that the microphone heard, without the echo; the frame itself is left alone."""


class TranscriptFilter(Protocol):
    """Correct what was heard."""

    def __call__(self, transcript: Transcript, /) -> Transcript: ...


class TextFilter(Protocol):
    """Change what is about to be spoken."""

    def __call__(self, text: str, /) -> str: ...
