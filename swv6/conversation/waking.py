"""Asleep until the wake word, awake until nothing has happened for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swv6.telemetry.events import Asleep, Awake, Report
from swv6.types import Audio, WakeWord

if TYPE_CHECKING:
    from swv6.types import Samples


@dataclass(slots=True)
class Waking:
    """Two states, each with one exit: the wake word wakes, `timeout` seconds of sound without a turn or a reply end it.

    Time is counted in samples, so that a recording behaves like a microphone.
    """

    word: WakeWord
    timeout: float
    """Seconds the ear stays open after the wake word, and after each reply."""
    report: Report
    awake: bool = False
    _left: float = 0.0
    """Seconds until it falls asleep."""
    _rest: Samples | None = None
    """Samples that do not fill a frame of the wake word yet."""
    _said: bool = False
    """It has been reported that it is asleep."""

    def listens(self, audio: Audio, busy: bool) -> bool:
        """Take in sound and say whether it is for the ear; `busy` while a turn or a reply is under way.

        Raises ValueError when the rate is not the wake word's.
        """
        if self.awake:
            self._left = self.timeout if busy else self._left - audio.seconds
            if self._left > 0:
                return True
            self._sleep()
        elif not self._said:
            self._sleep()
        heard = self._heard(audio)
        if heard is not None:
            self.awake, self._left = True, self.timeout
            self.report(Awake(heard))
        return False

    def _sleep(self) -> None:
        self.awake, self._said, self._rest = False, True, None
        self.word.reset()
        self.report(Asleep(self.word.words))

    def _heard(self, audio: Audio) -> str | None:
        """Return the word that was said; what follows it in `audio` is a few milliseconds, and dropped."""
        if audio.rate != self.word.rate:
            raise ValueError(f"the wake word needs {self.word.rate} Hz, got {audio.rate} Hz")
        import numpy as np

        samples = audio.samples if self._rest is None else np.concatenate([self._rest, audio.samples])
        size = self.word.frame
        for at in range(0, len(samples) - size + 1, size):
            if (heard := self.word(samples[at : at + size])) is not None:
                return heard
        self._rest = samples[len(samples) - len(samples) % size :]
        return None
