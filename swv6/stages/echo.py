"""A microphone that does not hear the loudspeaker."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.resample import Resampler
from swv6.errors import MissingExtra, Swv6Error
from swv6.stages.build import Builder
from swv6.stages.entering import entered
from swv6.stages.fallback import one_line
from swv6.stages.streams import owned
from swv6.telemetry.events import FellBack
from swv6.types import Audio, EchoCanceller, Microphone, Speaker

if TYPE_CHECKING:
    from swv6.types import Samples

log = logging.getLogger("swv6.echo")

BEHIND = 5
"""Frames of 10 ms that the reference may wait for the microphone: less than a loudspeaker's own buffer holds."""
KEPT = 100
"""Frames of 10 ms kept while nobody listens."""


async def open_canceller(builder: Builder) -> EchoCanceller | None:
    """Open the first canceller of the profile that can be opened; without one the conversation is half-duplex.

    One that is not installed is nothing to be told about.
    """
    for choice in builder.profile.aec:
        try:
            canceller: EchoCanceller = await entered(builder, "aec", choice)
        except MissingExtra as error:
            log.info("no echo cancellation: %s", error)
        except Swv6Error as error:
            builder.report(FellBack("aec", choice.backend, one_line(error)))
        else:
            return canceller
    return None


async def without_echo(builder: Builder, microphone: Microphone | None, speaker: Speaker | None) -> Microphone | None:
    """Wrap a live microphone that would hear the speaker; None when nothing can or has to be cancelled."""
    if microphone is None or speaker is None or not microphone.live or builder.profile.turns.barge_in:
        return None
    canceller = await open_canceller(builder)
    return None if canceller is None else Cleaned(microphone, speaker, canceller)


class Frames:
    """Cuts a stream of any rate into frames of one rate and length."""

    def __init__(self, rate: int, frame: int) -> None:
        self._rate = rate
        self._frame = frame
        self._resampler = Resampler(rate, rate)
        self._rest: Samples = np.empty(0, np.float32)

    @property
    def waiting(self) -> float:
        """Seconds that do not fill a frame yet."""
        return len(self._rest) / self._rate

    def feed(self, audio: Audio) -> list[Samples]:
        """Take in sound; return the frames that are whole."""
        if audio.rate != self._resampler.from_rate:
            self._resampler = Resampler(audio.rate, self._rate, "MQ")
        samples = np.concatenate([self._rest, self._resampler.feed(audio.samples)])
        whole = len(samples) - len(samples) % self._frame
        self._rest = samples[whole:]
        return [samples[at : at + self._frame] for at in range(0, whole, self._frame)]


class Cleaned:
    """A microphone whose sound goes through a canceller that also hears the loudspeaker.

    The loudspeaker's frames wait and are passed on one by one with the microphone's, so that a moment in which
    neither was served does not shift them against each other.
    """

    def __init__(self, microphone: Microphone, speaker: Speaker, canceller: EchoCanceller) -> None:
        self.live = microphone.live
        self._microphone = microphone
        self._speaker = speaker
        self._canceller = canceller
        self._near = Frames(canceller.rate, canceller.frame)
        self._far = Frames(canceller.rate, canceller.frame)
        self._played = deque["Samples"](maxlen=KEPT)

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream what is heard without its echo, in multiples of 10 ms; raises DeviceError."""
        self._speaker.tap = self._hear
        try:
            async with owned(self._microphone.frames()) as blocks:
                async for block in blocks:
                    start = block.start - self._near.waiting
                    cleaned = [self._clean(frame) for frame in self._near.feed(block)]
                    if cleaned:
                        yield Audio(np.concatenate(cleaned), self._canceller.rate, start)
        finally:
            self._speaker.tap = None

    def _hear(self, audio: Audio) -> None:
        """Take in what the loudspeaker was given."""
        self._played.extend(self._far.feed(audio))

    def _clean(self, frame: Samples) -> Samples:
        while len(self._played) > BEHIND:
            self._canceller.played(self._played.popleft())
        if self._played:
            self._canceller.played(self._played.popleft())
        return self._canceller.clean(frame)
