"""A listener that takes its time is told on a thread of its own, so that no stage waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from time import sleep
from typing import TypeVar

LIMIT = 1000
"""Events that may wait: about ten turns. Whoever hands on more waits for the listener, as if it were told at once."""
LOOK = 0.001
"""Seconds between two looks whether there is room again."""
T = TypeVar("T")


@contextmanager
def behind(listener: Callable[[T], None]) -> Iterator[Callable[[T], None]]:
    """Give a listener that only hands events on, in their order; the block's end waits until all of them were told.

    What `listener` raises is raised by the next event handed to it, which is how a fanout learns of it.
    """
    waiting: SimpleQueue[T | None] = SimpleQueue()
    failed: list[Exception] = []

    def tell() -> None:
        try:
            while (event := waiting.get()) is not None:
                listener(event)
        except Exception as error:  # noqa: BLE001 - a plugin's border
            failed.append(error)

    def hand_on(event: T) -> None:
        while waiting.qsize() > LIMIT and not failed:
            sleep(LOOK)
        if failed:
            raise failed[0]
        waiting.put(event)

    thread = Thread(target=tell, name="swv6 listener", daemon=True)
    thread.start()
    try:
        yield hand_on
    finally:
        waiting.put(None)
        thread.join()
