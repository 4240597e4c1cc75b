"""A microphone that outlives its devices: when one is lost, the next one goes on."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from swv6.errors import DeviceError
from swv6.stages.keeper import Keeper
from swv6.stages.streams import owned
from swv6.types import Audio, Microphone


class SteadyMicrophone:
    """A microphone that goes on with the next device when one is lost; its clock goes on too."""

    def __init__(self, keeper: Keeper[Microphone], give_up: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._keeper = keeper
        self._give_up = give_up
        self._clock = clock
        self._ahead = 0.0
        """Seconds between the device's clock and this one's."""
        self._end = 0.0
        """Where the last block ended, on this clock."""
        self._heard_at = 0.0
        """When that was, in seconds of `clock`."""
        self.live = keeper.device is not None and keeper.device.live

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream blocks; raises DeviceError when no device can be had for `give_up` seconds."""
        fresh = False
        while True:
            device = await self._keeper.get(self._give_up)
            try:
                async with owned(device.frames()) as blocks:
                    async for block in blocks:
                        yield self._timed(block, fresh)
                        fresh = False
                return
            except DeviceError as error:
                self._keeper.lost(device, error)
                fresh = True

    def _timed(self, block: Audio, fresh: bool) -> Audio:
        """Put a block on this clock; a new device's first one comes as much later as has passed meanwhile."""
        if fresh:
            self._ahead = self._end + max(0.0, self._clock() - self._heard_at - block.seconds) - block.start
        start = block.start + self._ahead
        self._end, self._heard_at = start + block.seconds, self._clock()
        return replace(block, start=start) if self._ahead else block
