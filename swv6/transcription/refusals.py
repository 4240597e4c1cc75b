"""Why a file could not be written: a full disk, told apart from everything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from errno import EDQUOT, ENOSPC
from pathlib import Path

from swv6.errors import Swv6Error


def full(error: BaseException | None) -> bool:
    """Say whether a disk, or what one may put on it, is full; `error` or what caused it says so."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT)


def unwritten(name: str, missing: Sequence[Path], error: Exception) -> Swv6Error:
    """Name the recording, its files that are not written, and the reason."""
    named = ", ".join([str(missing[0]), *(path.suffix for path in missing[1:])])
    files = f"{named} {'is' if len(missing) == 1 else 'are'} not written"
    if full(error) or full(error.__cause__):
        return Swv6Error(f"{name}: the disk is full: {files}", "make room; the same command again does what is left")
    if isinstance(error, Swv6Error):
        return Swv6Error(f"{name}: {files}: {error.what}", error.hint)
    reason = error.strerror if isinstance(error, OSError) else None
    return Swv6Error(f"{name}: its text cannot be written: {files}: {reason or error}", "choose another --output-dir")
