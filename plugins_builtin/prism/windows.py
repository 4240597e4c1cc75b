"""Where a recording is cut for Whisper: speech found by Silero, packed into short windows."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from faster_whisper.vad import VadOptions, get_speech_timestamps

if TYPE_CHECKING:
    from swv6.plugins import Samples

RATE = 16_000
"""Hz that Whisper and Silero hear."""
PAUSE = 160
"""Milliseconds of quiet between two stretches of speech where a window may end: faster-whisper's own."""
PAD = 400
"""Milliseconds of sound kept around speech, so that no first or last consonant is lost: faster-whisper's own."""

_LOOKING = Lock()
"""One look for speech at a time: each takes 130 MB for five minutes of sound, and a hundredth of the time."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the recording, in samples."""

    start: int
    end: int
    speech: tuple[tuple[int, int], ...] = ()
    """Where somebody speaks in it; none where nobody looked."""

    @property
    def seconds(self) -> float:
        return (self.end - self.start) / RATE

    def voiced(self, start: float, end: float) -> float:
        """Give the seconds of speech between two times of the window."""
        first, last = self.start + start * RATE, self.start + end * RATE
        return sum(max(0.0, min(end, last) - max(start, first)) for start, end in self.speech) / RATE

    def halves(self) -> tuple[Window, ...]:
        """Cut in the longest pause inside, nearest to the middle of several; nothing where there is none."""
        middle = (self.start + self.end) / 2
        pauses = [
            (right[0] - left[1], -abs(left[1] - middle), at) for at, (left, right) in enumerate(pairwise(self.speech))
        ]
        if not pauses:
            return ()
        at = max(pauses)[2] + 1
        cut = (self.speech[at - 1][1] + self.speech[at][0]) // 2
        return Window(self.start, cut, self.speech[:at]), Window(cut, self.end, self.speech[at:])


def voiced(samples: Samples, longest: float) -> list[Window]:
    """Find speech in sound at 16 kHz, packed into windows of at most `longest` seconds; none where nobody speaks."""
    alone = longest - 2 * PAD / 1000
    options = VadOptions(max_speech_duration_s=alone, min_silence_duration_ms=PAUSE, speech_pad_ms=0)
    with _LOOKING:
        found = get_speech_timestamps(samples, options)
    return packed(padded([(part["start"], part["end"]) for part in found], len(samples)), round(longest * RATE))


def whole(samples: Samples, longest: float) -> list[Window]:
    """Cut all of the sound into windows, speech or not."""
    step = round(longest * RATE)
    return [Window(start, min(start + step, len(samples))) for start in range(0, len(samples), step)]


def padded(speech: Sequence[tuple[int, int]], length: int) -> list[Window]:
    """Give each stretch of speech the sound around it, its neighbours half of what they have between them."""
    pad = PAD * RATE // 1000
    edges = [-length, *(edge for part in speech for edge in part), 2 * length]
    found = []
    for at, (start, end) in enumerate(speech):
        before, after = (start - edges[2 * at]) // 2, (edges[2 * at + 3] - end) // 2
        window = (max(0, start - min(pad, before)), min(length, end + min(pad, after)))
        found.append(Window(*window, ((start, end),)))
    return found


def packed(parts: Sequence[Window], longest: int) -> list[Window]:
    """Join neighbours, with the quiet between them, into windows of at most `longest` samples, longer ones left alone.

    They are as few as can be and then as even as can be: in a short last one Whisper loses its sentence, and all
    windows of a batch are heard at the length of the longest. More than one are an even number where that can be, for
    two workers to share.
    """
    if not parts:
        return []
    ways = _ways(parts, longest)
    alone, even = len(parts) == 1 or parts[-1].end - parts[0].start <= longest, ways[0][-1].number < math.inf
    windows, odd, end = deque[Window](), alone or not even, len(parts)
    while end:
        first = ways[odd][end].first
        windows.appendleft(_window(parts[first:end]))
        odd, end = not odd, first
    return list(windows)


class _Way(NamedTuple):
    """How the first parts may be joined; the lesser is the better one."""

    number: float
    """Windows; infinite where there is no way."""
    squares: float = 0.0
    """Sum of their squared lengths."""
    first: int = 0
    """Of the last one's parts."""


def _ways(parts: Sequence[Window], longest: int) -> tuple[list[_Way], list[_Way]]:
    """Give the best way to join the first n parts for each n: into an even number of windows, and into an odd one."""
    ways = [_Way(0)], [_Way(math.inf)]
    for end, last in enumerate(parts):
        best = [_Way(math.inf), _Way(math.inf)]
        for first in range(end, -1, -1):
            length = last.end - parts[first].start
            if length > longest and first < end:
                break
            for odd in (0, 1):
                before = ways[1 - odd][first]
                best[odd] = min(best[odd], _Way(before.number + 1, before.squares + length**2, first))
        for odd in (0, 1):
            ways[odd].append(best[odd])
    return ways


def _window(parts: Sequence[Window]) -> Window:
    return Window(parts[0].start, parts[-1].end, tuple(speech for part in parts for speech in part.speech))
