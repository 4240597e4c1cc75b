"""Decode any sound file, piece by piece: libsndfile first, FFmpeg where that refuses, and for MPEG sound at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from swv6.audio.extra import need
from swv6.audio.kinds import other_kind
from swv6.errors import AudioError

if TYPE_CHECKING:
    from swv6.types import Samples

_PIECE = 16384
"""Frames per read: what a damaged block can cost at most."""
_OTHERS = (b"RIFF", b"fLaC", b"OggS", b"FORM", b".snd", b"caff")
"""What a file begins with that is no MPEG sound, whatever it is called."""
_CLOCK = re.compile(r"(\d+):(\d+):(\d+(?:\.\d+)?)")


@dataclass(slots=True)
class Decoded:
    """A file being decoded; `pieces` can be read once, `damaged` is known after that."""

    rate: int
    """Hz."""
    seconds: float | None
    """What the decoder expects of the sound, None when it does not know."""
    pieces: Iterator[Samples]
    """float32 mono (n,)."""
    damaged: bool = False


def decode(path: Path) -> Decoded | None:
    """Open `path`, or return None when no decoder knows what it is.

    Raises MissingExtra, and AudioError for a film without sound.
    """
    return _av(path) if _mpeg(path) else _soundfile(path) or _av(path)


def _mpeg(path: Path) -> bool:
    """Tell what libsndfile would give to libmpg123: that writes to stderr itself, and gives up at the first damage."""
    with path.open("rb") as file:
        head = file.read(4)
    begins = head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")
    return begins or (path.suffix.lower() in (".mp1", ".mp2", ".mp3") and head not in _OTHERS)


def _soundfile(path: Path) -> Decoded | None:
    """Decode with libsndfile; None when it refuses, or finds nothing (a streamed WAV whose data size is 0)."""
    soundfile = need("soundfile", "reading sound files")
    try:
        file = soundfile.SoundFile(str(path))
    except soundfile.LibsndfileError:
        return None
    if not file.frames or not file.samplerate:
        file.close()
        return None
    result = Decoded(file.samplerate, file.frames / file.samplerate, iter(()))
    result.pieces = _read(file, soundfile.LibsndfileError, result)
    return result


def _read(file: Any, failure: type[Exception], result: Decoded) -> Iterator[Samples]:
    with closing(file):
        try:
            while len(piece := file.read(_PIECE, dtype="float32", always_2d=True)):
                yield piece.mean(axis=1)
        except failure:
            result.damaged = True


def _opened(av: Any, path: Path) -> Any:
    """Open a file whatever bytes its tags hold: PyAV 19 always does, earlier ones when they are told."""
    try:
        return av.open(str(path), metadata_errors="ignore")
    except TypeError:
        return av.open(str(path))


def _av(path: Path) -> Decoded | None:
    av = need("av", "reading this kind of sound file")
    try:
        container = _opened(av, path)
    except (av.error.FFmpegError, OSError):
        return None
    stream = next(iter(container.streams.audio), None)
    if stream is None or not stream.rate:
        film = bool(container.streams.video) and not other_kind(path)  # to FFmpeg, text is a picture of a terminal
        container.close()
        if film:
            raise AudioError(f"{path}: is a film without sound", "give one that has a sound track")
        return None
    result = Decoded(stream.rate, _expected(av, container, stream), iter(()))
    result.pieces = _demux(av, container, stream, result)
    return result


def _expected(av: Any, container: Any, stream: Any) -> float | None:
    """Give the seconds of the sound; None where only the whole film's are known: its picture may outlast its sound."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    for key, value in stream.metadata.items():  # Matroska's tags: DURATION, DURATION-eng
        if key.startswith("DURATION") and (found := _CLOCK.match(value)):
            hours, minutes, seconds = map(float, found.groups())
            return hours * 3600 + minutes * 60 + seconds
    return container.duration / av.time_base if container.duration and len(container.streams) == 1 else None


def _demux(av: Any, container: Any, stream: Any, result: Decoded) -> Iterator[Samples]:
    """Decode packet by packet: one broken packet costs itself, not the rest of the file."""
    plain = av.AudioResampler(format="fltp", rate=stream.rate)
    with closing(container):
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = [f for raw in packet.decode() for f in plain.resample(raw)]
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                result.damaged = True
                continue
            for frame in frames:
                yield np.asarray(frame.to_ndarray(), dtype=np.float32).mean(axis=0)
