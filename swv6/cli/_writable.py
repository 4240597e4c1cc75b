"""A file that a command is to write: what cannot be is a wrong command line, told before the work is done."""

from __future__ import annotations

from pathlib import Path

from swv6.errors import Swv6Error, UsageError

HINT = "name a file that can be written"


def writable(path: Path) -> None:
    """Open a file as it will be, and leave nothing behind; a pipe or a device is not touched. Raises UsageError."""
    try:
        if path.parent.exists() and not path.parent.is_dir():
            raise UsageError(f"{path}: {path.parent} is no folder", HINT)
        if not path.parent.is_dir():
            raise UsageError(f"{path}: the folder {path.parent} does not exist", f"mkdir -p {path.parent}")
        there = path.exists()
        if there and not (path.is_file() or path.is_dir()):
            return
        with path.open("a", encoding="utf-8"):
            pass
        if not there:
            path.unlink()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}", HINT) from None


def write(path: Path, text: str) -> None:
    """Write a text to what could be written before. Raises Swv6Error: the disk is full, or the folder is gone."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Swv6Error(f"{path}: {error.strerror or error}", HINT) from None
