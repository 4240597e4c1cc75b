"""A listener that takes its time is told on a thread of its own, so that no stage waits for it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep
from typing import TypeVar

log = logging.getLogger("swv6.listening")
LIMIT = 1000
"""Events that may wait: about ten turns. Whoever hands on more waits for the listener, as if it were told at once."""
PATIENCE = 3.0
"""Seconds for which a listener may be busy with one event while somebody waits for it; then it is told no more."""
REST = 0.2
"""Seconds between two looks whether there is something to tell: each takes about 80 us. Whoever hands an event on wakes
nobody: that would take longer than all else, and where other programs want the processor it may be given to them."""
LOOK = 0.001
"""Seconds between two looks whether there is room again."""
T = TypeVar("T")


@contextmanager
def behind(listener: Callable[[T], None]) -> Iterator[Callable[[T], None]]:
    """Give a listener that only hands events on, in their order; the block's end waits until all of them were told.

    What `listener` raises is raised by the next event handed to it, which is how a fanout learns of it; if there is no
    next one, it is logged. Nobody waits for one that hangs: it is told no more, and that is raised or logged as well.
    """
    waiting: deque[T] = deque()
    failed: list[Exception] = []
    nudged, over, raised = Event(), False, False

    def tell() -> None:
        try:
            while not failed:
                last = over
                while waiting and not failed:
                    listener(waiting.popleft())
                if last:
                    return
                nudged.wait(REST)
                nudged.clear()
        except Exception as error:  # noqa: BLE001 - a plugin's border
            failed.append(error)

    def hand_on(event: T) -> None:
        nonlocal raised
        if len(waiting) > LIMIT:
            nudged.set()
            _room(waiting, failed)
        if failed:
            raised = True
            raise failed[0]
        waiting.append(event)

    thread = Thread(target=tell, name="swv6 listener", daemon=True)
    thread.start()
    try:
        yield hand_on
    finally:
        over = True
        nudged.set()
        _end(thread, waiting, failed)
        if failed and not raised:
            name = getattr(listener, "__name__", type(listener).__name__)
            log.warning("the listener %s failed at the end: %s: %s", name, type(failed[0]).__name__, failed[0])


def _room(waiting: deque[T], failed: list[Exception]) -> None:
    """Wait until there is room, or until the listener has hung."""
    left, since = len(waiting), monotonic()
    while len(waiting) > LIMIT and not failed:
        sleep(LOOK)
        if len(waiting) != left:
            left, since = len(waiting), monotonic()
        elif monotonic() - since > PATIENCE:
            failed.append(_hung())


def _end(thread: Thread, waiting: deque[T], failed: list[Exception]) -> None:
    """Wait until everything was told, for as long as anything is."""
    left = -1
    while thread.is_alive() and left != len(waiting) and not failed:
        left = len(waiting)
        thread.join(PATIENCE)
    if thread.is_alive() and not failed:
        failed.append(_hung())


def _hung() -> TimeoutError:
    return TimeoutError(f"busy with one event for {PATIENCE:g} s; it is told no more")
