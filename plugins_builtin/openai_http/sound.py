"""A WAV or bare PCM that arrives in pieces, cut anywhere, to samples."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES = {(1, 16): ("<i2", 1 / 32768), (1, 32): ("<i4", 1 / 2**31), (3, 32): ("<f4", 1.0)}
"""WAV format tag and bits, to the samples' type and their scale."""
EXTENSIBLE = 0xFFFE
LARGEST_HEADER = 1 << 16
"""Bytes; a WAV whose sound has not begun by then is not one."""
UNKNOWN = 0x7FFF0000
"""Sizes from here on (and 0) are what a server writes that does not know the length yet."""


class Sound:
    """Collects the bytes of one sound; gives float32 mono samples as soon as they are whole."""

    def __init__(self, rate: int = 0) -> None:
        """`rate` in Hz makes it bare 16-bit mono PCM; 0 makes it a WAV, which says its own."""
        self.rate = rate
        self._rest = b""
        self._type, self._scale, self._channels = "<i2", 1 / 32768, 1
        self._inside = bool(rate)
        self._left: int | None = None

    def feed(self, piece: bytes) -> NDArray[np.float32]:
        """Return the samples, shape (n,), n may be 0, that `piece` completes. Raises ValueError for what is no WAV."""
        self._rest += piece
        if not self._inside and not self._enter():
            return np.empty(0, np.float32)
        frame = np.dtype(self._type).itemsize * self._channels
        whole = len(self._rest) if self._left is None else min(len(self._rest), self._left)
        whole -= whole % frame
        bytes_, self._rest = self._rest[:whole], self._rest[whole:]
        if self._left is not None:
            self._left -= whole
        samples: Any = np.frombuffer(bytes_, self._type).astype(np.float32) * np.float32(self._scale)
        mono = samples.reshape(-1, self._channels).mean(axis=1) if self._channels > 1 else samples
        return np.asarray(mono, np.float32)

    def end(self) -> None:
        """Raise ValueError when the sound broke off."""
        if not self._inside:
            raise ValueError("not a WAV")
        if self._left and self._left >= np.dtype(self._type).itemsize * self._channels:
            raise ValueError(f"the sound broke off, {self._left} bytes before its end")

    def _enter(self) -> bool:
        """Read the chunks before the sound; False while they are not whole."""
        if len(self._rest) >= 12 and (self._rest[:4], self._rest[8:12]) != (b"RIFF", b"WAVE"):
            raise ValueError("not a WAV")
        at = 12
        while len(self._rest) >= at + 8:
            name, size = struct.unpack_from("<4sI", self._rest, at)
            if name == b"data":
                return self._begin(at + 8, size)
            if name == b"fmt " and len(self._rest) >= at + 8 + size:
                self._format(self._rest[at + 8 : at + 8 + size])
            at += 8 + size + size % 2
        if len(self._rest) > LARGEST_HEADER:
            raise ValueError("a WAV without sound")
        return False

    def _begin(self, at: int, size: int) -> bool:
        if not self.rate:
            raise ValueError("a WAV whose sound has no format")
        self._rest = self._rest[at:]
        self._left = size if 0 < size < UNKNOWN else None
        self._inside = True
        return True

    def _format(self, chunk: bytes) -> None:
        tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
        if tag == EXTENSIBLE and len(chunk) >= 26:
            tag = struct.unpack_from("<H", chunk, 24)[0]
        if (tag, bits) not in TYPES or not channels or not rate:
            raise ValueError(f"a WAV of a kind that is not read here (format {tag}, {bits} bits, {rate} Hz)")
        self._type, self._scale = TYPES[tag, bits]
        self._channels, self.rate = channels, rate
