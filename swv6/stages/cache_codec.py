"""Answers as bytes: sound as 16-bit samples, transcripts as JSON, both with a checksum."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from zlib import crc32

from swv6.types import Audio, Segment, Transcript, Word

_SUM = struct.Struct("<I")
_COUNT = struct.Struct("<H")
_SOUND = struct.Struct("<IId")
"""Hz, samples, start in seconds."""
_FULL = 32767.0


class Unreadable(ValueError):
    """Bytes that are no answer."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How the items of one kind of stage are written and read."""

    write: Callable[[Sequence[Any]], bytes]
    read: Callable[[bytes], tuple[Any, ...]]

    def pack(self, items: Sequence[Any]) -> bytes | None:
        """Write items; None when they hold what cannot be written."""
        try:
            data = self.write(items)
        except (TypeError, ValueError, struct.error):
            return None
        return _SUM.pack(crc32(data)) + data

    def unpack(self, data: bytes) -> tuple[Any, ...]:
        """Read items; raises Unreadable."""
        try:
            if _SUM.unpack_from(data)[0] != crc32(memoryview(data)[_SUM.size :]):
                raise Unreadable("its checksum is wrong")
            return self.read(data[_SUM.size :])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, struct.error) as error:
            raise Unreadable(str(error)) from error


def _write_sound(items: Sequence[Audio]) -> bytes:
    import numpy as np

    parts = [_COUNT.pack(len(items))]
    for item in items:
        parts.append(_SOUND.pack(item.rate, len(item.samples), item.start))
        parts.append(np.rint(np.clip(item.samples, -1, 1) * _FULL).astype("<i2").tobytes())
    return b"".join(parts)


def pcm(data: bytes) -> list[tuple[int, bytes]]:
    """Read packed sound without numpy: (Hz, 16-bit little-endian samples) of each item; raises Unreadable."""
    try:
        if _SUM.unpack_from(data)[0] != crc32(memoryview(data)[_SUM.size :]):
            raise Unreadable("its checksum is wrong")
        (count,), at, items = _COUNT.unpack_from(data, _SUM.size), _SUM.size + _COUNT.size, list[tuple[int, bytes]]()
        for _ in range(count):
            rate, length, _ = _SOUND.unpack_from(data, at)
            at += _SOUND.size + 2 * length
            items.append((rate, data[at - 2 * length : at]))
    except struct.error as error:
        raise Unreadable(str(error)) from error
    if at != len(data) or not all(rate for rate, _ in items):
        raise Unreadable("it is too long")
    return items


def _read_sound(data: bytes) -> tuple[Audio, ...]:
    import numpy as np

    (count,), at, items = _COUNT.unpack_from(data), _COUNT.size, list[Audio]()
    for _ in range(count):
        rate, length, start = _SOUND.unpack_from(data, at)
        samples = np.frombuffer(data, "<i2", length, at + _SOUND.size).astype(np.float32)
        samples *= 1 / _FULL
        items.append(Audio(samples, rate, start))
        at += _SOUND.size + 2 * length
    if at != len(data) or not all(item.rate for item in items):
        raise Unreadable("it is too long")
    return tuple(items)


def _write_transcript(items: Sequence[Transcript]) -> bytes:
    """Write the final transcript; what came before it was for eyes that have long seen it."""
    return json.dumps(asdict(items[-1]), ensure_ascii=False, default=float).encode()


def _read_transcript(data: bytes) -> tuple[Transcript, ...]:
    keys = json.loads(data)
    segments = [
        Segment(**{**segment, "words": tuple(Word(**word) for word in segment["words"])})
        for segment in keys["segments"]
    ]
    return (Transcript(**{**keys, "segments": tuple(segments)}),)


CODECS = {"tts": Codec(_write_sound, _read_sound), "stt": Codec(_write_transcript, _read_transcript)}
"""Kinds of stages whose answers can be kept on disk."""
