"""Single keys from the terminal, which is afterwards as it was."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

import anyio

from swv6.cli.interrupting import at_any_exit

ENTER, BACKSPACE, ESCAPE = "\n", "\x7f", "\x1b"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[ -Z\\-~])")
"""What arrows and function keys send (ECMA-48), and keys with Alt."""


def available() -> bool:
    """Tell whether somebody can press keys: a terminal on both sides, and this process in front of it."""
    if sys.stdin is None or not (sys.stdin.isatty() and (sys.stdout.isatty() or sys.stderr.isatty())):
        return False
    if sys.platform == "win32":
        return True
    with suppress(OSError):
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    return False


def tidied(text: str) -> str:
    """Drop what arrows and function keys send; name Enter and Backspace alike everywhere."""
    return _SEQUENCE.sub("", text).replace("\r", ENTER).replace("\b", BACKSPACE)


if sys.platform == "win32":
    import msvcrt

    _POLL = 0.03
    """Seconds between two looks at the keyboard: the console cannot be waited for together with sound."""

    @contextmanager
    def single_keys() -> Iterator[None]:
        """Do nothing: msvcrt reads single keys anyway."""
        yield

    async def pressed() -> AsyncIterator[str]:
        """Yield each key for as long as somebody listens."""
        while True:
            await anyio.sleep(_POLL)
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in "\x00\xe0":  # an arrow or a function key: a second code follows
                    msvcrt.getwch()
                elif key == "\x03":
                    signal.raise_signal(signal.SIGINT)
                else:
                    yield tidied(key)

else:
    import codecs
    import termios
    import tty

    @contextmanager
    def single_keys() -> Iterator[None]:
        """Let keys come one by one, unseen; Ctrl-C and Ctrl-Z still are what they are."""
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)

        def restore() -> None:
            with suppress(termios.error):  # the terminal was closed
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

        resumed = signal.signal(signal.SIGCONT, lambda *_: tty.setcbreak(terminal, termios.TCSANOW))
        try:
            with at_any_exit(restore):
                tty.setcbreak(terminal, termios.TCSANOW)
                yield
        finally:
            signal.signal(signal.SIGCONT, resumed)

    async def pressed() -> AsyncIterator[str]:
        """Yield each key until the terminal is closed."""
        terminal = sys.stdin.fileno()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while True:
            await anyio.wait_readable(terminal)
            try:
                data = os.read(terminal, 1024)
            except OSError:
                return
            if not data:
                return
            for key in tidied(decoder.decode(data)):
                yield key
