"""A loudspeaker that outlives its devices: what was not heard of the last one is played again on the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import anyio
import anyio.lowlevel

from swv6.audio.levels import amplified
from swv6.errors import DeviceError
from swv6.stages.keeper import Keeper
from swv6.stages.mute import Mute
from swv6.types import Audio, Speaker

LOOK = 0.2
"""Seconds between two looks at a device that seems to play nothing: a lost one is noticed within a second."""


class SteadySpeaker:
    """A queue of sounds that `run` feeds to one device after the other; everybody else only queues and waits."""

    def __init__(self, keeper: Keeper[Speaker], give_up: float, volume: float = 1.0) -> None:
        self._keeper = keeper
        self._give_up = give_up
        self._volume = volume
        self._tap: Callable[[Audio], None] | None = None
        self._sounds = deque[Audio]()
        """What is not known to have been heard to its end."""
        self._first = 0
        """How many sounds came before those."""
        self._fed = 0
        """How many of those the device has."""
        self._head = 0.0
        """Seconds played when the first of those began."""
        self._ahead = 0.0
        """What this count of seconds is ahead of the device's own."""
        self._floor = 0.0
        """Seconds that are known to have been played."""
        self._paused = False
        self._gain = 1.0
        self._closed = False
        self._news = anyio.Event()

    @property
    def played(self) -> float:
        """Seconds heard, on whatever device; what is played again counts once."""
        if (device := self._keeper.device) is not None:
            self._floor = max(self._floor, self._ahead + device.played)
        return self._floor

    @property
    def tap(self) -> Callable[[Audio], None] | None:
        """Hears what is played, on whatever device."""
        return self._tap

    @tap.setter
    def tap(self, tap: Callable[[Audio], None] | None) -> None:
        self._tap = self._device.tap = tap

    async def play(self, audio: Audio, /) -> None:
        """Queue `audio`; wait while the device is full or while there is none.

        Raises DeviceError when no device can be had for `give_up` seconds.
        """
        await anyio.lowlevel.checkpoint()
        self._forget_heard()
        self._sounds.append(Audio(amplified(audio.samples, self._volume), audio.rate, audio.start))
        self._tell()
        await self._until_fed(self._end)

    async def drain(self) -> None:
        """Wait until everything queued was heard; raises DeviceError as `play` does."""
        await anyio.lowlevel.checkpoint()
        while self._sounds and not self._closed:
            end = self._end
            await self._until_fed(end)
            if (device := self._keeper.device) is None or self._first >= end:
                continue
            try:
                await device.drain()
            except DeviceError as error:
                self._lose(device, error)
            else:
                if device is self._keeper.device and end == self._end:
                    self._rebase()

    def stop(self) -> None:
        """Fall silent at once, forget everything; works while there is no device too."""
        self._device.stop()
        self._paused, self._gain = False, 1.0
        self._rebase()
        self._tell()

    def pause(self) -> None:
        """Fall silent at once, lose nothing."""
        self._paused = True
        self._device.pause()

    def resume(self) -> None:
        """Play on."""
        self._paused = False
        self._device.resume()

    def duck(self, gain: float, /) -> None:
        """Play at `gain` times its level, on whatever device."""
        self._gain = gain
        self._device.duck(gain)

    def cue(self, audio: Audio, /, under: float) -> None:
        """Mix a short sound in; while there is no device it is not heard."""
        self._device.cue(audio, under)

    def close(self) -> None:
        """Let `run` end, and the device go; idempotent."""
        self._closed = True
        self._keeper.close()
        self._tell()

    async def run(self) -> None:
        """Feed device after device until `close`."""
        last: Speaker | None = None
        while not self._closed and (device := await self._keeper.wait()) is not None:
            if device is not last:
                self._begin(device)
                last = device
            try:
                await self._feed(device)
            except DeviceError as error:
                self._lose(device, error)

    @property
    def _device(self) -> Speaker:
        """The device of this moment, or one that plays nothing."""
        device = self._keeper.device
        return Mute() if device is None else device

    @property
    def _end(self) -> int:
        """How many sounds were ever queued."""
        return self._first + len(self._sounds)

    def _begin(self, device: Speaker) -> None:
        """Let a new device start with the first sound that was not heard to its end."""
        self._fed, self._ahead = 0, self._head - device.played
        device.tap = self._tap
        device.duck(self._gain)
        if self._paused:
            device.pause()

    async def _feed(self, device: Speaker) -> None:
        """Give the device one sound; when it has all of them and seems to play nothing, ask whether it is there."""
        if self._fed < len(self._sounds):
            number = self._first + self._fed
            await device.play(self._sounds[self._fed])
            if number == self._first + self._fed:  # else it was stopped meanwhile
                self._fed += 1
            self._tell()
            return
        before, news = device.played, self._news
        with anyio.move_on_after(LOOK):
            await news.wait()
        if not news.is_set() and device.played == before and not self._paused:
            await device.drain()

    def _lose(self, device: Speaker, error: DeviceError) -> None:
        if device is self._keeper.device:
            self._floor = self.played
            self._forget_heard()
            self._fed = 0
            self._keeper.lost(device, error)

    async def _until_fed(self, end: int) -> None:
        """Wait until the device has had the first `end` of all sounds, or they were stopped."""
        while self._first + self._fed < end and not self._closed:
            news = self._news
            if self._keeper.absent > self._give_up:
                raise self._keeper.error()
            with anyio.move_on_after(LOOK):
                await news.wait()

    def _forget_heard(self) -> None:
        """Let go of sounds that were heard to their end."""
        while self._fed and self.played >= self._head + self._sounds[0].seconds:
            self._head += self._sounds.popleft().seconds
            self._first, self._fed = self._first + 1, self._fed - 1

    def _rebase(self) -> None:
        """Begin anew after what was played: nothing is queued any more."""
        self._head, self._first, self._fed = self.played, self._end, 0
        self._sounds.clear()
        self._ahead = self._head - self._device.played

    def _tell(self) -> None:
        news, self._news = self._news, anyio.Event()
        news.set()
