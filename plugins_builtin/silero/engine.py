"""Run Silero v6 frame by frame with onnxruntime, carrying its state."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio.to_thread
import numpy as np

from swv6.plugins import VAD, BackendError, MissingExtra, ModelError
from swv6.plugins.border import border

if TYPE_CHECKING:
    from plugins_builtin.silero.options import SileroOptions
    from swv6.plugins import Samples

_CONTEXT = 64
"""Samples of the previous frame that the network sees again (silero-vad's own wrapper at 16 kHz)."""
_INSTALL = 'pip install "swv6[embedded]"'


@asynccontextmanager
async def open(options: SileroOptions) -> AsyncIterator[VAD]:
    """Load the network; raises MissingExtra and ModelError."""
    yield await anyio.to_thread.run_sync(_load)


class Silero:
    """A streaming detector: about 60 us a frame on one thread."""

    rate = 16000
    frame = 512

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = np.zeros((1, _CONTEXT + self.frame), np.float32)
        self._state: tuple[Samples, Samples] = (_blank(), _blank())

    def __call__(self, frame: Samples, /) -> float:
        """Return the probability of speech in 512 samples at 16 kHz; raises BackendError."""
        if len(frame) != self.frame:
            raise BackendError(f"silero: a frame has {self.frame} samples, not {len(frame)}")
        self._input[0, :_CONTEXT] = self._input[0, -_CONTEXT:]
        self._input[0, _CONTEXT:] = frame
        h, c = self._state
        with border("silero could not hear a frame"):
            probability, h, c = self._session.run(None, {"input": self._input, "h": h, "c": c})
        self._state = (h, c)
        return float(probability[0])

    def reset(self) -> None:
        """Forget the frames so far."""
        self._input.fill(0.0)
        self._state = (_blank(), _blank())


def _blank() -> Samples:
    return np.zeros((1, 1, 128), np.float32)


def _load() -> Silero:
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingExtra("silero: onnxruntime is not installed", _INSTALL) from error
    settings = onnxruntime.SessionOptions()
    settings.inter_op_num_threads = settings.intra_op_num_threads = 1
    settings.enable_cpu_mem_arena = False
    settings.log_severity_level = 4
    path = _weights()
    with border(f"silero cannot load {path}", ModelError, f"{_INSTALL} --force-reinstall"):
        return Silero(onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"]))


def _weights() -> Path:
    """Find the file inside the faster_whisper package without importing it (that would load CTranslate2)."""
    spec = find_spec("faster_whisper")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder, "assets").glob("silero_vad_v6*.onnx")):
            return path
    raise MissingExtra("silero: its weights are not where faster-whisper keeps them", f"{_INSTALL} --upgrade")
