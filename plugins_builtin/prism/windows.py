"""Where a recording is cut for Whisper: speech found by Silero, packed into short windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faster_whisper.vad import VadOptions, get_speech_timestamps

if TYPE_CHECKING:
    from swv6.plugins import Samples

RATE = 16_000
"""Hz that Whisper and Silero hear."""
PAUSE = 160
"""Milliseconds of quiet between two stretches of speech where a window may end: faster-whisper's own."""
PAD = 400
"""Milliseconds of sound kept around speech, so that no first or last consonant is lost: faster-whisper's own."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the recording, in samples."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE


def voiced(samples: Samples, longest: float) -> list[Window]:
    """Find speech in sound at 16 kHz, packed into windows of at most `longest` seconds; none where nobody speaks."""
    options = VadOptions(max_speech_duration_s=longest, min_silence_duration_ms=PAUSE, speech_pad_ms=PAD)
    found = get_speech_timestamps(samples, options)
    return list(packed((Window(part["start"], part["end"]) for part in found), round(longest * RATE)))


def whole(samples: Samples, longest: float) -> list[Window]:
    """Cut all of the sound into windows, speech or not."""
    step = round(longest * RATE)
    return [Window(start, min(start + step, len(samples))) for start in range(0, len(samples), step)]


def packed(parts: Iterable[Window], longest: int) -> Iterator[Window]:
    """Join neighbours, with the quiet between them, while they fit into `longest` samples."""
    held: Window | None = None
    for part in parts:
        if held is not None and part.end - held.start <= longest:
            held = Window(held.start, part.end)
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held
