"""A log file that is set aside when it is full, and can never end a conversation."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from swv6.errors import UsageError
from swv6.telemetry.log_json import Line


class Rotating(RotatingFileHandler):
    """JSON lines in `name`, the older ones in `name.1`, `name.2`...; read and written by its owner only."""

    def __init__(self, path: Path, size: int, count: int) -> None:
        """Begin or go on with a file of at most `size` bytes. Raises UsageError when it cannot be written."""
        self._told = False
        path = path.expanduser()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            super().__init__(path, maxBytes=size, backupCount=count, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(f"log file {path}: {reason}", "name another: swv6 --log-file FILE ...") from error
        self.setFormatter(Line())

    def _open(self) -> Any:
        binary = getattr(os, "O_BINARY", 0)  # Windows would write \\r\\n
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND | binary, 0o600)
        return os.fdopen(descriptor, self.mode, encoding=self.encoding, errors=self.errors)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; the library's own way would format it twice."""
        try:
            line = (self.format(record) + "\n").encode(errors="backslashreplace")
            if self.stream is None:
                self.stream = self._open()
            used = os.fstat(self.stream.fileno()).st_size
            if used and used + len(line) > self.maxBytes:
                self.doRollover()
            os.write(self.stream.fileno(), line)  # at once and whole, whoever else writes to the same file
        except OSError as error:
            self._lost(error)
        except Exception:  # noqa: BLE001 - a plugin's border: its arguments may not fit its message
            self.handleError(record)

    def doRollover(self) -> None:  # noqa: N802 (the library's name)
        """Set the file aside; where none is kept it begins anew."""
        super().doRollover()
        if not self.backupCount and self.stream is not None:
            self.stream.truncate(0)

    def rotate(self, source: str, dest: str) -> None:
        """Rename, or copy and empty what another process holds open (Windows refuses to rename it then)."""
        try:
            Path(source).replace(dest)
        except OSError:
            shutil.copyfile(source, dest)
            os.truncate(source, 0)

    def _lost(self, error: OSError) -> None:
        """Say once that lines are lost; the next one is tried again."""
        if not self._told and sys.stderr is not None:
            self._told = True
            print(f"swv6: log file {self.baseFilename}: {error.strerror or error}", file=sys.stderr)  # noqa: T201
