"""What the virtual loudspeaker plays, laid on the monotonic clock."""

from __future__ import annotations

import math
import os
import subprocess
import threading
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.files import WavWriter
from swv6.types import Audio
from tests.virtual_audio import VirtualAudio

if TYPE_CHECKING:
    from swv6.types import Samples

AUDIBLE = 0.01
"""Amplitude (full scale is 1) from which a sound is heard: -40 dBFS."""


class Recording:
    """Records from `with` to its end; the earliest arrival of a block tells when the recording began."""

    def __init__(self, card: VirtualAudio, rate: int) -> None:
        self.rate = rate
        self.origin = math.inf
        """Monotonic time of the first sample."""
        self._card = card
        self._pieces: list[bytes] = []
        self._bytes = 0

    def __enter__(self) -> Recording:
        folder = self._card.env["SWV_AUDIO_DIR"]
        own = {"HOME": f"{folder}/home", "XDG_RUNTIME_DIR": f"{folder}/run", "XDG_CONFIG_HOME": f"{folder}/cfg"}
        command = ["parec", "--device=vspk.monitor", f"--rate={self.rate}", "--channels=1", "--format=s16le", "--raw"]
        self._process = subprocess.Popen(
            [*command, "--latency-msec=10"], env={**os.environ, **self._card.env, **own}, stdout=subprocess.PIPE
        )
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()

    @property
    def samples(self) -> Samples:
        """Everything so far, mono."""
        whole = b"".join(self._pieces)
        return np.frombuffer(whole[: len(whole) // 2 * 2], np.int16).astype(np.float32) / np.float32(32768)

    def between(self, begin: float, end: float) -> Samples:
        """Give what was heard between two monotonic times."""
        return self.samples[max(0, self._at(begin)) : max(0, self._at(end))]

    def last_heard(self, before: float) -> float:
        """Say when the last audible sample before a monotonic time was."""
        loud = np.flatnonzero(np.abs(self.samples[: self._at(before)]) >= AUDIBLE)
        return self.origin + float(loud[-1]) / self.rate

    def keep(self, path: Path) -> Path:
        """Write everything so far into a WAV file."""
        with WavWriter(path, self.rate) as writer:
            writer.append(Audio(self.samples, self.rate))
        return path

    def _at(self, time: float) -> int:
        return round((time - self.origin) * self.rate)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as sound:
            while piece := sound.read1(1 << 16):  # type: ignore[attr-defined]
                self._pieces.append(piece)
                self._bytes += len(piece)
                self.origin = min(self.origin, monotonic() - self._bytes / 2 / self.rate)
