"""Read any sound file as mono blocks at one rate, in bounded memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.decode import Decoded, decode
from swv6.audio.headers import Header, read_header
from swv6.audio.kinds import lacks_index, other_kind
from swv6.audio.resample import Resampler
from swv6.audio.wav import WavWriter as WavWriter
from swv6.audio.wav import wav_bytes as wav_bytes
from swv6.errors import AudioError
from swv6.types import Audio

if TYPE_CHECKING:
    from swv6.types import Samples

_log = logging.getLogger("swv6.audio")
_FORMATS = "wav, mp3, flac, ogg, opus, m4a, webm"
_SHORT = 0.02
"""Share of the promised length that may be missing unnoticed (encoder padding, rounding)."""


def read_blocks(path: Path, rate: int = 16000, seconds: float = 30.0, name: str = "") -> Iterator[Audio]:
    """Decode a file (wav, mp3, flac, ogg, opus, m4a, webm) as blocks of `seconds`, the last one shorter.

    Blocks are mono float32 at `rate` Hz with `start` in seconds into the file. A damaged or truncated file gives what
    can be decoded and a warning on the logger "swv6.audio", which calls it `name`, or by its path. Raises AudioError
    when nothing can be decoded, and MissingExtra.
    """
    path = Path(path)
    header = _checked(path)
    decoded = decode(path)
    if decoded is None:
        raise _unreadable(path)
    wanted = max(1, round(seconds * rate))
    position = 0
    for block in _regroup(_resampled(decoded, rate), wanted):
        yield Audio(block, rate, position / rate)
        position += len(block)
    if not position:
        raise AudioError(f"{path}: holds no sound", f"record it again, or give another file ({_FORMATS})")
    _warn_if_short(name or str(path), header, decoded, position / rate)


def read(path: Path, rate: int = 16000) -> Audio:
    """Decode a whole file as mono float32 at `rate` Hz; raises and warns as `read_blocks` does."""
    blocks = [block.samples for block in read_blocks(path, rate)]
    return Audio(np.concatenate(blocks), rate)


def _checked(path: Path) -> Header:
    if not str(path).isascii() and any("\udc80" <= sign <= "\udcff" for sign in str(path)):
        raise AudioError(f"{path}: its name is no UTF-8, which decoders need", "rename it")
    if path.is_dir():
        raise AudioError(f"{path}: is a folder, not a sound file", "name the files in it")
    try:
        if not path.stat().st_size:
            raise AudioError(f"{path}: is empty (0 bytes)", "record or copy it again")
        header = read_header(path)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise AudioError(f"{path}: is a link to {path.readlink()}, which is not there", "check the link") from error
        raise AudioError(f"{path}: no such file", _nearest(path)) from error
    except OSError as error:
        raise AudioError(f"{path}: cannot be read: {error.strerror or error}", "check who may read it") from error
    if header.rate == 0:
        raise AudioError(f"{path}: its header says 0 Hz", f'convert it again: ffmpeg -i ORIGINAL "{path}"')
    return header


def _nearest(path: Path) -> str:
    names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, 1)
    return f"did you mean {path.with_name(near[0])}?" if near else "check the path"


def _unreadable(path: Path) -> AudioError:
    if kind := other_kind(path):
        return AudioError(f"{path}: is {kind}, no sound", f"give a sound file or a film: {_FORMATS}, mp4")
    if lacks_index(path):
        what = f"{path}: was never finished: the index at its end is missing"
        return AudioError(what, "record or copy it again")
    return AudioError(
        f"{path}: is not a sound file that can be decoded, or is damaged at its start",
        f'give one of {_FORMATS}, or convert it: ffmpeg -i "{path}" out.wav',
    )


def _resampled(decoded: Decoded, rate: int) -> Iterator[Samples]:
    resampler = Resampler(decoded.rate, rate)
    for piece in decoded.pieces:
        yield resampler.feed(piece)
    yield resampler.flush()


def _regroup(pieces: Iterator[Samples], size: int) -> Iterator[Samples]:
    """Join pieces of any length into blocks of exactly `size` samples, the last one shorter."""
    waiting: list[Samples] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        if count >= size:
            joined = np.concatenate(waiting)
            full = count - count % size
            yield from (joined[i : i + size] for i in range(0, full, size))
            waiting, count = [joined[full:]], count - full
    if count:
        yield np.concatenate(waiting)


def _warn_if_short(name: str, header: Header, decoded: Decoded, got: float) -> None:
    promised = header.seconds or (decoded.seconds if header.trusted else None)
    if promised and promised - got > max(0.25, promised * _SHORT):
        _log.warning("%s: truncated: its header promises %.1f s, %.1f s could be decoded", name, promised, got)
    elif header.cut:
        _log.warning("%s: its end is missing: %.1f s could be decoded", name, got)
    elif decoded.damaged:
        _log.warning("%s: parts of it are damaged and were left out: %.1f s could be decoded", name, got)
