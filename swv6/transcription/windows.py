"""Transcribe a sound file of any length: windows cut where it is quiet, in bounded memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swv6.audio.files import read_blocks
from swv6.stages.fallback import Broken
from swv6.stages.streams import owned
from swv6.types import STT, Audio, Transcript

if TYPE_CHECKING:
    from swv6.types import Samples

RATE = 16_000
"""Hz: what Whisper and the detectors take."""
WINDOW = 300.0
"""Seconds of sound in one request: 19 MB of samples, and few seams in a long recording."""
SEARCH = 20.0
"""Seconds at a window's end among which the quietest place to cut is sought."""
QUIET = 0.2
"""Seconds over which quietness is measured: shorter than a pause between words of a sentence."""


async def transcripts(path: Path, stt: STT) -> AsyncIterator[Transcript]:
    """Yield the final transcript of each window of a file, in order, times counted from the file's start.

    Raises AudioError when the file cannot be read, Unavailable when no backend can transcribe.
    """
    from anyio import to_thread

    pieces = windows(read_blocks(path, RATE))
    while (window := await to_thread.run_sync(next, pieces, None)) is not None:
        yield await final(stt, window)


def windows(blocks: Iterator[Audio], window: float = WINDOW, search: float = SEARCH) -> Iterator[Audio]:
    """Join blocks into windows of at most `window` seconds, each cut at the quietest place of its last `search`."""
    import numpy as np

    held, start, rate = list[Audio](), 0, RATE
    for block in blocks:
        held.append(block)
        rate = block.rate
        while sum(len(b.samples) for b in held) > window * rate:
            samples = np.concatenate([b.samples for b in held])
            cut = _quietest(samples, round((window - search) * rate), round(window * rate), round(QUIET * rate))
            yield Audio(samples[:cut], rate, start / rate)
            start += cut
            held = [Audio(samples[cut:], rate, start / rate)]
    if held:
        yield Audio(np.concatenate([b.samples for b in held]), rate, start / rate)


def _quietest(samples: Samples, low: int, high: int, width: int) -> int:
    """Return the middle of the quietest `width` samples between `low` and `high`."""
    import numpy as np

    energy = np.concatenate([[0.0], np.cumsum(np.square(samples[low:high], dtype=np.float64))])
    return low + int(np.argmin(energy[width:] - energy[:-width])) + width // 2


async def final(stt: STT, audio: Audio) -> Transcript:
    """Take a stream's final transcript; a recogniser that dies half-way is replaced by the next of its chain."""
    chain: STT | None = stt
    last = Transcript("")
    while chain is not None:
        try:
            async with owned(chain(audio)) as items:
                async for item in items:
                    last = item
            return last
        except Broken as broken:
            if broken.rest is None:
                raise
            chain = broken.rest
    return last


def joined(parts: list[Transcript]) -> Transcript:
    """Join the transcripts of a file's windows into one."""
    if len(parts) == 1:
        return parts[0]
    duration = sum(p.duration for p in parts)
    return replace(
        parts[0],
        text=" ".join(p.text for p in parts if p.text),
        segments=tuple(s for p in parts for s in p.segments),
        confidence=sum(p.confidence * p.duration for p in parts) / duration if duration else 0.0,
        duration=duration,
        elapsed=sum(p.elapsed for p in parts),
        post=_summed([p.post for p in parts]),
    )


def _summed(posts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Add up what each filter counted."""
    total = dict[str, Any]()
    for post in posts:
        for name, done in post.items():
            so_far = total.setdefault(name, {})
            counts = {key: so_far.get(key, 0) + n for key, n in done.items() if isinstance(n, int)}
            total[name] = {**done, **counts}
    return total
