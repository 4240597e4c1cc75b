"""A pseudo-terminal with swv6 in it (Unix only)."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
LIMIT = 120.0
"""Seconds that something may take on a slow machine."""


class Terminal:
    """Runs the command line as a person would, and keeps all that is drawn."""

    def __init__(self, *arguments: str, cwd: str, columns: int = 100, rows: int = 30) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = ""
        self._at = 0
        self.code = -1
        own = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
        program = f"{own}; from swv6.cli.app import run; run({[*arguments]!r})"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=cwd,
            env={**os.environ, "TERM": "xterm-256color"},
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
        )

    @property
    def echoes(self) -> bool:
        """Tell whether the terminal is as a shell wants it."""
        return bool(
            termios.tcgetattr(self._slave)[3] & termios.ECHO and termios.tcgetattr(self._slave)[3] & termios.ICANON
        )

    def see(self, text: str) -> None:
        """Wait until `text` is drawn, since keys were pressed last."""
        until = time.monotonic() + LIMIT
        while text not in (drawn := _STYLE.sub("", self.seen[self._at :])):
            assert time.monotonic() < until, f"{text!r} is not in {drawn!r}"
            assert self._process.poll() is None, self.seen
            self._read(0.2)

    def send(self, keys: str) -> None:
        """Press keys."""
        self._at = len(self.seen)
        os.write(self._master, keys.encode())

    def end(self, how: str) -> None:
        """Press a last key, or send a signal, and wait for the end."""
        if how.startswith("SIG"):
            self._process.send_signal(getattr(signal, how))
        else:
            self.send(how)
        until = time.monotonic() + LIMIT
        while self._process.poll() is None:
            assert time.monotonic() < until, f"does not end: {self.seen!r}"
            self._read(0.2)
        while self._read(0.0):
            pass
        self.code = self._process.returncode

    def _read(self, wait: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], wait)
        if ready:
            self.seen += os.read(self._master, 65536).decode("utf-8", "replace")
        return bool(ready)
