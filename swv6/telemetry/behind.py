"""A listener that takes its time is told on a thread of its own, so that no stage waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from time import monotonic, sleep
from typing import TypeVar

log = logging.getLogger("swv6.listening")
LIMIT = 1000
"""Events that may wait: about ten turns. Whoever hands on more waits for the listener, as if it were told at once."""
PATIENCE = 3.0
"""Seconds for which a listener may be busy with one event while somebody waits for it; then it is told no more."""
LOOK = 0.001
"""Seconds between two looks whether there is room again."""
T = TypeVar("T")


@contextmanager
def behind(listener: Callable[[T], None]) -> Iterator[Callable[[T], None]]:
    """Give a listener that only hands events on, in their order; the block's end waits until all of them were told.

    What `listener` raises is raised by the next event handed to it, which is how a fanout learns of it; if there is no
    next one, it is logged. Nobody waits for one that hangs: it is told no more, and that is raised or logged as well.
    """
    waiting: SimpleQueue[T | None] = SimpleQueue()
    failed: list[Exception] = []
    raised = False

    def tell() -> None:
        try:
            while (event := waiting.get()) is not None and not failed:
                listener(event)
        except Exception as error:  # noqa: BLE001 - a plugin's border
            failed.append(error)

    def hand_on(event: T) -> None:
        nonlocal raised
        if waiting.qsize() > LIMIT:
            _room(waiting, failed)
        if failed:
            raised = True
            raise failed[0]
        waiting.put(event)

    thread = Thread(target=tell, name="swv6 listener", daemon=True)
    thread.start()
    try:
        yield hand_on
    finally:
        waiting.put(None)
        _end(thread, waiting, failed)
        if failed and not raised:
            name = getattr(listener, "__name__", type(listener).__name__)
            log.warning("the listener %s failed at the end: %s: %s", name, type(failed[0]).__name__, failed[0])


def _room(waiting: SimpleQueue[T | None], failed: list[Exception]) -> None:
    """Wait until there is room, or until the listener has hung."""
    left, since = waiting.qsize(), monotonic()
    while waiting.qsize() > LIMIT and not failed:
        sleep(LOOK)
        if waiting.qsize() != left:
            left, since = waiting.qsize(), monotonic()
        elif monotonic() - since > PATIENCE:
            failed.append(_hung())


def _end(thread: Thread, waiting: SimpleQueue[T | None], failed: list[Exception]) -> None:
    """Wait until everything was told, for as long as anything is."""
    left = -1
    while thread.is_alive() and left != waiting.qsize() and not failed:
        left = waiting.qsize()
        thread.join(PATIENCE)
    if thread.is_alive() and not failed:
        failed.append(_hung())


def _hung() -> TimeoutError:
    return TimeoutError(f"busy with one event for {PATIENCE:g} s; it is told no more")
