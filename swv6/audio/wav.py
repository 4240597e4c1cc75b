"""Write WAV files: 16-bit mono PCM, complete or not at all."""

from __future__ import annotations

import io
import os
import uuid
import wave
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from swv6.audio.resample import Resampler
from swv6.errors import AudioError

if TYPE_CHECKING:
    from swv6.types import Audio, Samples


def pcm16(samples: Samples) -> bytes:
    """Give float32 samples in [-1, 1] as little-endian 16-bit integers; louder ones are clipped."""
    return (np.clip(samples, -1.0, 1.0) * 32767.0).round().astype("<i2").tobytes()


def wav_bytes(audio: Audio) -> bytes:
    """Give `audio` as a whole 16-bit WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, audio.rate, 0, "NONE", ""))
        file.writeframes(pcm16(audio.samples))
    return buffer.getvalue()


class WavWriter:
    """Collects sound into a WAV at one rate; the file appears, whole, when it is closed.

    As a context manager it closes on success and discards on an exception. Raises AudioError when the place cannot be
    written, and then leaves nothing behind.
    """

    def __init__(self, path: Path, rate: int) -> None:
        self.path = path
        self.rate = rate
        self._resampler: Resampler | None = None
        self._part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            self._raw = self._part.open("xb")
        except OSError as error:
            raise refused(path, error) from error
        try:
            self._file = self._begin()
        except BaseException:  # Ctrl-C and cancels too; raised again
            self._raw.close()
            self._part.unlink(missing_ok=True)
            raise

    def append(self, audio: Audio) -> None:
        """Add sound of any rate; pieces of one rate join without a seam."""
        if self._resampler is None or self._resampler.from_rate != audio.rate:
            self._flush()
            self._resampler = Resampler(audio.rate, self.rate)
        self._write(self._resampler.feed(audio.samples))

    def close(self) -> None:
        """Put the finished file in its place, replacing an older one. Closing again does nothing."""
        if self._raw.closed:
            return
        try:
            self._flush()
            self._file.close()
            self._raw.close()
            os.replace(self._part, self.path)  # noqa: PTH105 - Path.replace says the same
        except OSError as error:
            self.discard()
            raise refused(self.path, error) from error

    def discard(self) -> None:
        """Leave no file (an older one stays as it was)."""
        for file in (self._file, self._raw):
            with suppress(OSError):  # what cannot be flushed is not wanted any more
                file.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        elif not self._raw.closed:
            self.discard()

    def _begin(self) -> Any:
        """Begin the file that `_raw` is."""
        file = wave.open(self._raw, "wb")  # noqa: SIM115 - lives as long as this object
        file.setparams((1, 2, self.rate, 0, "NONE", ""))
        return file

    def _put(self, samples: Samples) -> None:
        self._file.writeframes(pcm16(samples))

    def _flush(self) -> None:
        if self._resampler is not None:
            self._write(self._resampler.flush())

    def _write(self, samples: Samples) -> None:
        try:
            self._put(samples)
        except OSError as error:
            self.discard()
            raise refused(self.path, error) from error


def refused(path: Path, error: OSError) -> AudioError:
    """Say why a sound file cannot be written."""
    if isinstance(error, FileNotFoundError):
        if not path.parent.is_dir():
            return AudioError(f"{path}: the folder {path.parent} does not exist", f'create it: mkdir "{path.parent}"')
        return AudioError(f"{path}: no file can be made in {path.parent}", "choose another place for the file")
    return AudioError(f"{path}: cannot be written: {error.strerror or error}", "choose another place for the file")
