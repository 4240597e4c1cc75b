"""Frames of sound -> turns: when somebody began to speak, and what they said when they stopped."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from swv6.audio.levels import Floor
from swv6.conversation.decisions import Began as Began
from swv6.conversation.decisions import Ended as Ended
from swv6.conversation.decisions import Grew as Grew
from swv6.conversation.decisions import Insisted as Insisted
from swv6.conversation.decisions import Paused as Paused
from swv6.conversation.decisions import Resumed as Resumed
from swv6.conversation.decisions import TurnEvent as TurnEvent
from swv6.profiles.schema import Turns as TurnSettings
from swv6.types import VAD, Audio

if TYPE_CHECKING:
    from swv6.types import Samples


SYLLABLE = 0.2
"""Seconds of silence, at least, behind speech over an answer before it is judged: a shorter one clips the last sound of
a word like "d'accord", which is then taken for another (heard as "bas-com" after 0.12 s)."""
LATER = 1.5
"""Times `partial` that a turn may go on after it was looked at: with less, looks hold up more ends than they help."""
NOISE_SECONDS = 3.0
"""Seconds whose quietest frame is the room's noise: speech has a softer frame in less (0.4 s at most, measured)."""


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
    _paused: bool = False
    _insisted: bool = False
    _told: int = 0
    """Samples of speech when the turn was last told to have grown."""
    careful: bool = False
    """This turn is spoken over an answer: its first pause lasts at least `SYLLABLE`."""
    _patience: float = 0.0
    """Seconds of silence that end this turn; 0 for the profile's."""
    _floor: Floor = field(init=False)

    def __post_init__(self) -> None:
        self._floor = Floor(round(NOISE_SECONDS * self.vad.rate / self.vad.frame))

    def expect(self, finished: bool | None) -> None:
        """Take a hint about the pause under way: end sooner, wait longer, or (None) do as the profile says."""
        if self._paused:
            hints = {True: self.settings.finished, False: self.settings.unfinished, None: 0.0}
            self._patience = hints[finished]

    @property
    def inside(self) -> bool:
        """Whether a turn is under way."""
        return self._inside

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
        """Forget what was heard and where the clock stood, not the room's noise: the next sound begins afresh."""
        self._rest = []
        self._forget()

    def _forget(self) -> None:
        self._kept.clear()
        self._inside = self._paused = self._insisted = self.careful = False
        self._speech, self._told, self._patience = 0, 0, 0.0
        self.vad.reset()

    def _frame(self, frame: Samples) -> Iterator[TurnEvent]:
        bar = self.settings.threshold - (self.settings.hysteresis if self._inside else 0.0)
        loud = self._floor.over(frame) >= self.settings.above_noise
        speech = self.vad(frame) >= bar and loud
        self._kept.append(frame)
        self._now += len(frame)
        if speech:
            self._first = self._now - len(frame) if not self._speech else self._first
            self._speech += len(frame)
            self._last = self._now
        if self._inside:
            yield from self._within(speech)
        elif self._speech >= self._samples(self.settings.min_speech):
            self._inside = True
            yield Began(self._first / self.vad.rate)
        else:
            self._trim()

    def _within(self, speech: bool) -> Iterator[TurnEvent]:
        """Decide on one more frame of a turn."""
        if speech and self._paused:
            self._paused, self._patience = False, 0.0
            yield Resumed()
        if self._over():
            ended = self._end()
            self._forget()
            yield ended
        elif not self._paused and self._silent >= self._samples(self._pause):
            self._paused = True
            yield self._pausing()
        elif not self._insisted and self._speech >= self._samples(self.settings.insist):
            self._insisted = True
            yield Insisted(self._sound())
        elif self.settings.partial and self._speech - self._told >= self._samples(self._stretch):
            self._told = self._speech
            yield Grew(self._sound(), self._dip)

    @property
    def _pause(self) -> float:
        return max(self.settings.pause, SYLLABLE) if self.careful else self.settings.pause

    @property
    def _dip(self) -> bool:
        """Whether this is the first silent frame, of a turn whose words may be taken from what was said before it."""
        return self._silent == self.vad.frame and not self.careful

    @property
    def _stretch(self) -> float:
        """Seconds of new speech that are told of."""
        partial = self.settings.partial
        return min(SYLLABLE, partial) if self._dip else partial * (LATER if self._told else 1.0)

    @property
    def _silent(self) -> int:
        """Samples since the last speech frame."""
        return self._now - self._last

    def _over(self) -> bool:
        longest = self._samples(self.settings.max_turn)
        return self._silent >= self._samples(self._patience or self.settings.silence) or (
            self._now - self._first >= longest
        )

    def _trim(self) -> None:
        """Drop a candidate that fell silent, and frames older than the pre-roll."""
        if self._speech and self._silent >= self._samples(self.settings.min_speech):
            self._speech = 0
        keep = self._samples(self.settings.pre_roll) + (self._now - self._first if self._speech else 0)
        while len(self._kept) * self.vad.frame > keep + self.vad.frame:
            self._kept.popleft()

    def _pausing(self) -> Paused:
        audio = self._sound()
        return Paused(audio, (len(audio.samples) - (0 if self.careful else self._silent)) / audio.rate)

    def _end(self) -> Ended:
        return Ended(self._sound(), self._last / self.vad.rate, self._now / self.vad.rate)

    def _sound(self) -> Audio:
        import numpy as np

        samples = np.concatenate(list(self._kept))
        return Audio(samples, self.vad.rate, (self._now - len(samples)) / self.vad.rate)

    def _samples(self, seconds: float) -> int:
        return round(seconds * self.vad.rate)
