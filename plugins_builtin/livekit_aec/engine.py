"""Run the audio processing module of livekit (WebRTC's AEC3) on 10 ms frames."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio.to_thread
import numpy as np

from swv6.plugins import BackendError, EchoCanceller, MissingExtra

if TYPE_CHECKING:
    from plugins_builtin.livekit_aec.options import LivekitOptions
    from swv6.plugins import Samples


@asynccontextmanager
async def open(options: LivekitOptions) -> AsyncIterator[EchoCanceller]:
    """Load the library and make a canceller; raises MissingExtra."""
    rtc = await anyio.to_thread.run_sync(_load)
    yield Canceller(rtc, options)


def _load() -> Any:
    try:
        from livekit import rtc
    except (ImportError, OSError) as error:
        raise MissingExtra(f"livekit does not load: {error}", 'pip install "swv6[aec]"') from error
    return rtc


class Canceller:
    """An echo canceller that finds the delay between both sounds by itself: about 0.1 ms a frame."""

    rate = 16000
    frame = 160

    def __init__(self, rtc: Any, options: LivekitOptions) -> None:
        self._frame = rtc.AudioFrame
        self._module = rtc.AudioProcessingModule(
            echo_cancellation=True,
            noise_suppression=options.noise_suppression,
            high_pass_filter=options.high_pass,
        )

    def played(self, frame: Samples, /) -> None:
        """Take in 160 samples for the loudspeaker; raises BackendError."""
        self._run(self._module.process_reverse_stream, frame)

    def clean(self, frame: Samples, /) -> Samples:
        """Return 160 samples of the microphone without their echo; raises BackendError."""
        pcm = self._run(self._module.process_stream, frame)
        return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)

    def _run(self, process: Any, frame: Samples) -> bytearray:
        if len(frame) != self.frame:
            raise BackendError(f"livekit: a frame has {self.frame} samples, not {len(frame)}")
        pcm = bytearray((np.clip(frame, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
        sound = self._frame(pcm, self.rate, 1, self.frame)
        try:
            process(sound)
        except RuntimeError as error:
            raise BackendError(f"livekit: {error}") from error
        return bytearray(sound.data)
