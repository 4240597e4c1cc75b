"""Standard input, or a pipe, as a recording: kept on the disk, because decoders go back and forth in what they read."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from swv6.errors import AudioError, UsageError
from swv6.transcription.jobs import Source
from swv6.transcription.refusals import full

ARGUMENT = "-"
BARE = "16-bit mono PCM needs its rate: swv6 transcribe - --raw-rate 16000; else pipe a file: wav, mp3, flac, ogg, m4a"
"""What helps where standard input cannot be decoded."""
_PIECE = 1 << 20
_FILES = (b"RIFF", b"OggS", b"fLaC", b"FORM", b".snd", b"caff", b"ID3", b"\x1aE\xdf\xa3")
"""What begins with this is a file of a format, not samples."""


def refuse_rate(raw_rate: int, inputs: Sequence[str]) -> None:
    """Raise UsageError for a rate of samples that none of the inputs is: a file says its own."""
    if raw_rate and ARGUMENT not in inputs:
        what = f"--raw-rate {raw_rate}: is for bare PCM on standard input (-), and {inputs[0]} is a file"
        raise UsageError(
            what, f"leave it out, or for a file of bare PCM: swv6 transcribe - --raw-rate {raw_rate} <FILE"
        )


def spooled(stream: BinaryIO, folder: Path, raw_rate: int = 0) -> Source:
    """Copy standard input into `folder` and give it as a recording called `-`, placed at `stdin`.

    `raw_rate` (Hz) says that it is bare 16-bit little-endian mono PCM; 0 that it is a file of any format. Raises
    AudioError when nothing comes, more than the disk holds, or a file where samples were promised.
    """
    path = folder / "stdin"
    with _kept(ARGUMENT, folder.parent):
        if raw_rate:
            _spool_raw(stream, path, raw_rate)
        elif not _copied(stream, path):
            raise AudioError("-: standard input is empty", "pipe a sound file into it: swv6 transcribe - <FILE")
    return Source(path, ARGUMENT, None)


def poured(pipe: Source, folder: Path) -> Source:
    """Copy what comes through a named pipe (`<(program)` of a shell is one) into a new folder in `folder`.

    Raises AudioError when nothing comes.
    """
    path = Path(mkdtemp(dir=folder)) / pipe.path.name
    with pipe.path.open("rb") as stream, _kept(pipe.name, folder.parent):
        if not _copied(stream, path):
            raise AudioError(f"{pipe.name}: nothing came through this pipe", "look at the program that writes into it")
    return Source(path, pipe.name, None)


@contextmanager
def _kept(name: str, folder: Path) -> Iterator[None]:
    """Say of which pipe there is more than the disk holds. Raises AudioError."""
    try:
        yield
    except OSError as error:
        if not full(error):
            raise
        what = f"{name}: the disk of {folder} is full, where it is kept until it is done"
        raise AudioError(what, "make room there, or TMPDIR=FOLDER swv6 transcribe ...") from error


def _copied(stream: BinaryIO, path: Path) -> int:
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, _PIECE)
    return path.stat().st_size


def _spool_raw(stream: BinaryIO, path: Path, rate: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        odd = b""
        while piece := stream.read(_PIECE):
            if not file.getnframes() and (piece.startswith(_FILES) or piece[4:8] == b"ftyp"):
                raise AudioError("-: standard input is a sound file, not bare PCM", "leave --raw-rate out")
            whole = odd + piece
            cut = len(whole) - len(whole) % 2
            odd = whole[cut:]
            file.writeframes(whole[:cut])
        if not file.getnframes():
            raise AudioError("-: standard input is empty", "pipe 16-bit mono PCM into it")
