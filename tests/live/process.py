"""`swv6 talk` in a process of its own, with a sound card that may be taken away from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from tests.virtual_audio import VirtualAudio

PATIENCE = 60.0
"""Seconds after which a line has been waited for long enough, on any machine."""


class Talk:
    """A conversation whose lines are read as they are printed."""

    def __init__(self, card: VirtualAudio, folder: Path, *arguments: str) -> None:
        env = {**os.environ, **card.env, "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "swv6", "talk", "--yes", "--plain", *arguments],
            env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._output = b""
        self._began = monotonic()
        self._reader = threading.Thread(target=self._read)

    def __enter__(self) -> Talk:
        self._reader.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._reader.join()
        print(self.output)

    @property
    def output(self) -> str:
        """Everything printed so far, stdout and stderr."""
        return self._output.decode("utf-8", "replace")

    def until(self, words: str, since: int = 0) -> None:
        """Wait until `words` are printed after the first `since` characters."""
        deadline = monotonic() + PATIENCE
        while words not in self.output[since:]:
            assert monotonic() < deadline, f"no {words!r} in {PATIENCE:.0f} s after {since}:\n{self.output}"
            assert self._process.poll() is None, f"it ended with {self._process.returncode}:\n{self.output}"
            sleep(0.02)

    def end(self) -> int:
        """Press Ctrl-C and give the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=PATIENCE)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            while piece := lines.read1(4096):  # type: ignore[attr-defined]
                self._output += piece
