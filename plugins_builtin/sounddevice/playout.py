"""What a device plays: the voice, and cues mixed over it; knows no device."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from plugins_builtin.sounddevice.track import Track
from swv6.plugins import Fader

if TYPE_CHECKING:
    from swv6.plugins import Samples


class Playout:
    """Two tracks that a device drains, padded with silence; what was not heard can be taken back.

    All lengths are samples at the device's rate. The device calls `give`; everybody else calls the rest.
    """

    def __init__(self, buffer: int, rate: int) -> None:
        self._buffer = buffer
        """How much of what was given is still on its way to the ear."""
        self._rate = rate
        self._lock = Lock()
        self._voice = Track()
        self._cues = Track()
        self._fader = Fader()
        """Of the voice; cues are as loud as they are."""
        self._level = 1.0
        """Of the voice while no cue sounds."""
        self._under = 1.0
        """The share of that while one does."""
        self._given = 0
        self._mute = False
        """The device's buffer is being thrown away."""
        self._paused = False

    @property
    def _now(self) -> int:
        return self._given - self._buffer

    @property
    def waiting(self) -> int:
        """How much of the voice has not been given to the device yet."""
        with self._lock:
            return self._voice.waiting

    @property
    def heard(self) -> int:
        """How much of the voice left the buffer; never goes back."""
        with self._lock:
            return self._voice.heard(self._now)

    @property
    def done(self) -> bool:
        """Tell whether all of the voice has been heard."""
        with self._lock:
            return self._voice.done(self._now)

    @property
    def busy(self) -> bool:
        """Tell whether anything is left to be heard."""
        with self._lock:
            return not (self._voice.done(self._now) and self._cues.done(self._now))

    def feed(self, samples: Samples) -> None:
        """Queue what is said."""
        with self._lock:
            self._voice.feed(samples)

    def cue(self, samples: Samples, under: float) -> None:
        """Mix a sound in at once, after other cues; what is said is meanwhile `under` times as loud."""
        with self._lock:
            self._under = under
            self._cues.feed(samples)

    def duck(self, level: float) -> None:
        """Change how loud the voice is, by a ramp."""
        with self._lock:
            self._level = level

    def give(self, out: Any, frames: int) -> None:
        """Fill `out`, shape (frames, channels), with what comes next."""
        with self._lock:
            mono = np.zeros(frames, np.float32)
            if not self._mute:
                mono = self._mixed(mono)
            self._given += frames
            self._voice.settle(self._now)
            self._cues.settle(self._now)
        out[:] = mono[:, None]

    def pause(self) -> bool:
        """Hold the voice and take back what was not heard; True when the device must throw its buffer away."""
        with self._lock:
            self._paused = True
            return self._recall(self._voice.settle(self._now))

    def resume(self) -> None:
        """Go on where `pause` stopped, rising from silence: the wave was cut there."""
        with self._lock:
            if self._paused:
                self._paused = False
                self._fader.jump(0.0)

    def stop(self) -> bool:
        """Forget everything that was not heard; True when the device must throw its buffer away."""
        with self._lock:
            self._paused, self._level = False, 1.0
            self._fader.jump(1.0)
            sounding = self._recall(self._voice.settle(self._now) or self._cues.settle(self._now))
            self._voice.forget(self._now)
            self._cues.forget(self._now)
            return sounding

    def thrown_away(self) -> None:
        """Give sound again: the device's buffer is empty."""
        with self._lock:
            self._mute = False

    def _mixed(self, voice: Samples) -> Samples:
        """Mix the next samples of both tracks; `voice` holds zeros."""
        over = np.zeros_like(voice)
        cued = self._cues.take(over, self._given)
        if not self._paused:
            self._voice.take(voice, self._given)
        self._fader.goal = self._level * (self._under if cued else 1.0)
        voice = self._fader(voice, self._rate)
        return np.clip(voice + over, -1.0, 1.0) if cued else voice

    def _recall(self, sounding: bool) -> bool:
        """Take back what was not heard, and be mute until the device has forgotten it."""
        if sounding:
            self._voice.recall(self._now)
            self._cues.recall(self._now)
            self._mute = True
        return sounding
