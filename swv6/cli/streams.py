"""The standard streams: encodings, streams that were closed before we started, output that nobody takes."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Open what is closed on nothing, and make no character an error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # started with `<&-` or `>&-`
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open till the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a cp1252 console prints French as it is and escapes what it lacks
            stream.reconfigure(errors="replace" if stream.encoding.lower().startswith("utf") else "backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):  # half a character must not become a surrogate that no engine can take
        sys.stdin.reconfigure(errors="replace")


def lost(out: TextIO, *, probe: bool = False) -> OSError | None:
    """Flush; when that fails, send what is left nowhere, so that Python's own exit is quiet, and give the error.

    `probe` writes a line end first: after a write that failed there may be nothing left to flush.
    """
    try:
        if probe:
            out.write("\n")
        out.flush()
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
        return error
    return None


def left(error: OSError) -> bool:
    """Tell a reader that left (`swv6 plugins | head`), which is no failure; Windows calls that EINVAL."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)
