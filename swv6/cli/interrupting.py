"""Ctrl-C (and SIGTERM): said at once, obeyed in order, and in the end obeyed anyway."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

GRACE = 10.0
"""Seconds for what must be closed. Files wait their turn behind an engine that is loading, which cannot be called back
(7 s on a busy machine): ending sooner would leave their unfinished parts behind. A second Ctrl-C does not wait."""
INTERRUPTED = 130
"""Exit code: 128 + SIGINT, as shells expect."""


at_exit: list[Callable[[], object]] = []
"""What must be done even when nothing can be closed in order any more: a terminal must be left as it was."""


def leave() -> None:
    """End the process at once."""
    for last in reversed(at_exit):
        with suppress(Exception):
            last()
    os._exit(INTERRUPTED)


@contextmanager
def at_any_exit(last: Callable[[], object]) -> Iterator[None]:
    """Do `last` in the end, whatever the end is."""
    at_exit.append(last)
    try:
        yield
    finally:
        at_exit.remove(last)
        last()


@contextmanager
def interruptible(cancel: Callable[[], object]) -> Iterator[None]:
    """Call `cancel` at the first Ctrl-C; end the process at the second, or `GRACE` seconds after the first."""
    presses = 0

    def pressed(number: int, frame: FrameType | None) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leave()
        print("swv6: interrupted", file=sys.stderr, flush=True)
        timer = threading.Timer(GRACE, leave)
        timer.daemon = True
        timer.start()
        cancel()

    before = {number: _set(number, pressed) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            _set(number, handler)


def _set(number: int, handler: Any) -> Any:
    """Set a handler where that is allowed: in the main thread."""
    if threading.current_thread() is threading.main_thread():
        return signal.signal(number, handler)
    return None
