"""Call every frame speech, so that turns end by their maximum length."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from swv6.plugins import VAD, BackendError

if TYPE_CHECKING:
    from plugins_builtin.no_vad.options import NoVadOptions
    from swv6.plugins import Samples


@asynccontextmanager
async def open(options: NoVadOptions) -> AsyncIterator[VAD]:
    """Give the detector; the offer's warning tells the user what its use means."""
    yield NoVad()


class NoVad:
    """A detector without an ear."""

    rate = 16000
    frame = 512

    def __call__(self, frame: Samples, /) -> float:
        """Return 1.0 for any 512 samples at 16 kHz; raises BackendError for another number."""
        if len(frame) != self.frame:
            raise BackendError(f"none: a frame has {self.frame} samples, not {len(frame)}")
        return 1.0

    def reset(self) -> None:
        """Do nothing: there is nothing to forget."""
