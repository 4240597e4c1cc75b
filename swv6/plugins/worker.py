"""Blocking engines as async streams: one thread that owns the engine."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager, suppress
from threading import Event, Semaphore
from typing import TypeAlias, TypeVar

import anyio
import anyio.to_thread
from anyio.streams.memory import MemoryObjectSendStream

T = TypeVar("T")
_LOOK = 0.1
"""Seconds between two looks at `stop` by a job that waits for its consumer."""

Emit: TypeAlias = Callable[[T], bool]
"""Hand one item over; True means nobody wants any more: stop as soon as you can."""


class Worker:
    """Runs an engine's blocking calls on its own thread, one at a time, in order.

    A cancelled stream leaves at once; its job sees `stop` (or a true `emit`) and ends in the background, and the next
    job waits in the queue until it has: two requests can never be inside one engine.
    """

    def __init__(self, name: str, threads: int = 1) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=f"swv6-{name}")
        self._stops: set[Event] = set()

    async def call(self, job: Callable[[], T]) -> T:
        """Run `job` on the engine's thread and return what it returns."""

        def once(emit: Emit[T], stop: Event) -> None:
            emit(job())

        async with aclosing(self.stream(once)) as results:
            return await anext(results)

    async def stream(self, job: Callable[[Emit[T], Event], object], ahead: int = 2**31) -> AsyncGenerator[T, None]:
        """Run `job(emit, stop)` on the engine's thread and yield what it emits; its exception is raised here.

        `emit` waits while `ahead` items have not been taken, so that a consumer in no hurry holds the engine still.
        `stop` is set when the consumer has left, for engines that need to look without emitting.
        """
        loop = asyncio.get_running_loop()
        send, receive = anyio.create_memory_object_stream[T](math.inf)
        stop = Event()
        room = Semaphore(ahead)
        self._stops.add(stop)

        def emit(item: T) -> bool:
            while not room.acquire(timeout=_LOOK) and not stop.is_set():
                pass
            if not stop.is_set():
                loop.call_soon_threadsafe(_offer, send, item)
            return stop.is_set()

        def run() -> None:
            try:
                if not stop.is_set():
                    job(emit, stop)
            except StopIteration as error:  # a future cannot hold it: the consumer would wait for ever
                raise RuntimeError("the job let a StopIteration escape") from error

        future = loop.run_in_executor(self._pool, run)
        future.add_done_callback(lambda _: send.close())
        try:
            with receive:
                async for item in receive:
                    yield item
                    room.release()
            await future
        finally:
            stop.set()
            room.release()
            self._stops.discard(stop)
            send.close()
            future.cancel()
            future.add_done_callback(_forget)

    def close(self) -> None:
        """Tell the job that runs to stop, wait for it, then end the thread."""
        for stop in tuple(self._stops):  # of streams that nobody closed: their jobs would be waited for in vain
            stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _offer(send: MemoryObjectSendStream[T], item: T) -> None:
    with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
        send.send_nowait(item)


def _forget(future: asyncio.Future[None]) -> None:
    if not future.cancelled():
        future.exception()


@asynccontextmanager
async def worker(name: str, threads: int = 1) -> AsyncIterator[Worker]:
    """Own a Worker; on leaving, wait for its last job so that the engine can be freed safely."""
    owned = Worker(name, threads)
    try:
        yield owned
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(owned.close)
