"""Run WebRTC's voice detector (webrtcvad-wheels) on 30 ms frames."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from swv6.plugins import VAD, BackendError, MissingExtra

if TYPE_CHECKING:
    from plugins_builtin.webrtc.options import WebrtcOptions
    from swv6.plugins import Samples


@asynccontextmanager
async def open(options: WebrtcOptions) -> AsyncIterator[VAD]:
    """Make a detector; raises MissingExtra."""
    try:
        import webrtcvad
    except ImportError as error:
        raise MissingExtra(f"webrtc: webrtcvad does not load: {error}", 'pip install "swv6[embedded]"') from error
    yield Webrtc(webrtcvad.Vad, options.mode)


class Webrtc:
    """A detector that says 0.0 or 1.0: about 3 us a frame."""

    rate = 16000
    frame = 480

    def __init__(self, make: Any, mode: int) -> None:
        self._make = make
        self._mode = mode
        self.reset()

    def __call__(self, frame: Samples, /) -> float:
        """Return 1.0 when 480 samples at 16 kHz hold speech, else 0.0; raises BackendError."""
        if len(frame) != self.frame:
            raise BackendError(f"webrtc: a frame has {self.frame} samples, not {len(frame)}")
        pcm = (np.clip(frame, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        return float(self._vad.is_speech(pcm, self.rate))

    def reset(self) -> None:
        """Forget the frames so far: the library has no reset, a new detector costs microseconds."""
        self._vad = self._make(self._mode)
