"""Frames of sound -> turns: when somebody began to speak, and what they said when they stopped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from swv6.profiles.schema import Turns as TurnSettings
from swv6.types import VAD, Audio

if TYPE_CHECKING:
    from swv6.types import Samples


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody began to speak."""

    at: float
    """Seconds on the microphone's clock: the first speech frame."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody stopped speaking."""

    audio: Audio
    """The turn with its pre-roll, at the detector's rate."""
    speech_end: float
    """Seconds on the microphone's clock: the end of the last speech frame."""
    decided: float
    """Seconds on the microphone's clock: when it was decided that the turn had ended."""


TurnEvent: TypeAlias = Began | Ended


@dataclass(slots=True)
class Turns:
    """Cut a stream of sound into turns with a voice activity detector, inline."""

    vad: VAD
    settings: TurnSettings = field(default_factory=TurnSettings)
    _rest: list[Samples] = field(default_factory=list)
    """Samples that do not fill a frame yet."""
    _kept: deque[Samples] = field(default_factory=deque)
    """Pre-roll, candidate speech and the turn so far, in frames."""
    _now: int = 0
    """Samples on the microphone's clock."""
    _speech: int = 0
    """Samples of speech in the turn or in its candidate."""
    _first: int = 0
    """Where the first speech frame starts, in samples."""
    _last: int = 0
    """Where the last speech frame ends, in samples."""
    _inside: bool = False

    def feed(self, audio: Audio) -> Iterator[TurnEvent]:
        """Take in sound at the detector's rate and yield what it decides.

        Raises ValueError when the rate is not the detector's.
        """
        if audio.rate != self.vad.rate:
            raise ValueError(f"turns need {self.vad.rate} Hz, got {audio.rate} Hz")
        import numpy as np

        if not self._rest:
            self._now = round(audio.start * self.vad.rate)
        pending = np.concatenate([*self._rest, audio.samples])
        whole = len(pending) - len(pending) % self.vad.frame
        self._rest = [pending[whole:]]
        for at in range(0, whole, self.vad.frame):
            yield from self._frame(pending[at : at + self.vad.frame])

    def flush(self) -> Iterator[TurnEvent]:
        """End the turn that the end of the stream cut short."""
        if self._inside:
            yield self._end()
        self.reset()

    def reset(self) -> None:
        """Forget what was heard and where the clock stood: the next sound begins afresh."""
        self._rest = []
        self._forget()

    def _forget(self) -> None:
        self._kept.clear()
        self._inside, self._speech = False, 0
        self.vad.reset()

    def _frame(self, frame: Samples) -> Iterator[TurnEvent]:
        bar = self.settings.threshold - (self.settings.hysteresis if self._inside else 0.0)
        speech = self.vad(frame) >= bar
        self._kept.append(frame)
        self._now += len(frame)
        if speech:
            self._first = self._now - len(frame) if not self._speech else self._first
            self._speech += len(frame)
            self._last = self._now
        if self._inside:
            if self._over():
                ended = self._end()
                self._forget()
                yield ended
        elif self._speech >= self._samples(self.settings.min_speech):
            self._inside = True
            yield Began(self._first / self.vad.rate)
        else:
            self._trim()

    def _over(self) -> bool:
        silent = self._now - self._last
        return silent >= self._samples(self.settings.silence) or self._now - self._first >= self._samples(
            self.settings.max_turn
        )

    def _trim(self) -> None:
        """Drop a candidate that fell silent, and frames older than the pre-roll."""
        if self._speech and self._now - self._last >= self._samples(self.settings.min_speech):
            self._speech = 0
        keep = self._samples(self.settings.pre_roll) + (self._now - self._first if self._speech else 0)
        while len(self._kept) * self.vad.frame > keep + self.vad.frame:
            self._kept.popleft()

    def _end(self) -> Ended:
        import numpy as np

        samples = np.concatenate(list(self._kept))
        start = (self._now - len(samples)) / self.vad.rate
        audio = Audio(samples, self.vad.rate, start)
        return Ended(audio, self._last / self.vad.rate, self._now / self.vad.rate)

    def _samples(self, seconds: float) -> int:
        return round(seconds * self.vad.rate)
