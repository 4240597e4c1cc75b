"""What a sound file's own header promises, where the decoders do not tell."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD = 1 << 20
_TAIL = 1 << 16
_UNKNOWN = (0, 0xFFFFFFFF)
"""Data sizes that a program writes when it does not know the length yet (a stream)."""


@dataclass(frozen=True, slots=True)
class Header:
    """What could be read without decoding; None where the header says nothing."""

    rate: int | None = None
    """Hz."""
    seconds: float | None = None
    cut: bool = False
    """True when the file's end is visibly missing."""
    trusted: bool = True
    """False when a decoder can only guess the length (an MP3 without a Xing header)."""


def read_header(path: Path) -> Header:
    """Look at the start and the end of a file; an unknown format gives an empty Header."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
            return _wave(file, path.stat().st_size)
        if head[:4] == b"OggS":
            file.seek(max(0, path.stat().st_size - _TAIL))
            return Header(cut=not _ogg_ended(file.read()))
    if head[:3] == b"ID3" or head[:1] == b"\xff":
        return Header(trusted=any(mark in head for mark in (b"Xing", b"Info", b"VBRI")))
    return Header()


def _wave(file: BinaryIO, size: int) -> Header:
    """Walk the RIFF chunks up to the data (Microsoft's Multimedia Programming Interface, 1991)."""
    rate = per_second = None
    file.seek(12)
    while len(chunk := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", chunk)
        if name == b"fmt " and length >= 16:
            fields = file.read(16)
            if len(fields) < 16:
                return Header()
            rate, per_second = struct.unpack("<4xII4x", fields)
            length -= 16
        if name == b"data":
            if not per_second or length in _UNKNOWN:
                return Header(rate)
            return Header(rate, length / per_second, cut=file.tell() + length > size)
        file.seek(length + length % 2, 1)
    return Header(rate)


def _ogg_ended(tail: bytes) -> bool:
    """Tell whether the last page carries the end-of-stream flag (RFC 3533, section 6)."""
    last = tail.rfind(b"OggS")
    return last >= 0 and len(tail) > last + 5 and bool(tail[last + 5] & 4)
