"""PortAudio on a thread of its own, so that a frozen sound server can be left behind."""

from __future__ import annotations

import asyncio
import atexit
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

import anyio

from plugins_builtin.sounddevice.library import find, load
from plugins_builtin.sounddevice.select import Wanted
from swv6.plugins import DeviceError
from swv6.plugins.border import border

T = TypeVar("T")
_LIMIT = 10.0
"""Seconds that opening a device may take; Bluetooth takes several."""
CLOSE_LIMIT = 2.0
"""Seconds that closing may take: longer means a frozen sound server, whose calls never return."""
SLOW_START = 3.0
"""Seconds that the first callback may take: Bluetooth microphones wake up slowly."""
SILENT = 0.7
"""Seconds without a callback after which a device counts as gone ..."""
GRACE = 0.1
"""... unless one comes in these: when all of Python stood still (a model loads), nothing can be said of the device."""
_HELP = "restart the sound server, or choose another device"


class Streaming(Protocol):
    """A device in use."""

    stream: Any
    """None when it could not be reopened."""

    @property
    def busy(self) -> bool:
        """Tell whether closing the stream for a moment would be heard."""

    def reopen(self) -> None:
        """Open a new stream in the place of the one that was closed, or count as gone; raises nothing."""


class Owner:
    """The one thread that calls PortAudio (Windows' COM wants them all on the thread that initialised it)."""

    def __init__(self) -> None:
        self._stuck = False
        self.streaming: list[Streaming] = []
        """Every device in use."""
        self._looked = False
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._run, name="swv6-portaudio", daemon=True).start()

    def post(self, job: Callable[[], T]) -> Future[T]:
        """Run `job` after those posted before; nobody has to wait for it."""
        future: Future[T] = Future()
        self._jobs.put((future, job))
        return future

    def look(self, sd: Any) -> bool:
        """Let PortAudio list the devices anew, which closes every stream for a moment; not while one is busy.

        The first time in a process, its list is new anyway.
        """
        known, self._looked = self._looked, True
        if not known or _left_behind or any(one.busy for one in self.streaming):
            return False
        for one in self.streaming:
            shut(one)
        sd._terminate()
        sd._initialize()
        for one in self.streaming:
            one.reopen()
        return True

    async def close(self, device: Streaming) -> None:
        """Close a device's stream; a frozen sound server is left behind, and closed when it wakes up."""
        self.streaming.remove(device)
        if self._stuck:
            self.post(lambda: shut(device))
            return
        with suppress(DeviceError):
            await self.call(lambda: shut(device), CLOSE_LIMIT)

    async def call(self, job: Callable[[], T], limit: float = _LIMIT) -> T:
        """Run `job` and wait for it, cancelled or not; DeviceError when it fails or takes more than `limit` seconds."""
        if self._stuck:
            raise _no_answer()
        waiting = asyncio.wrap_future(self.post(job))
        with anyio.CancelScope(shield=True), anyio.move_on_after(limit):
            await asyncio.wait([waiting])
        if not waiting.done():
            self._stuck = True
            _abandon(self)
            raise _no_answer()
        with border("the sound system refuses", DeviceError, _HELP):
            return waiting.result()

    def _run(self) -> None:
        while not (self._stuck and self._jobs.empty() and not self.streaming):
            future, job = self._jobs.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(job())
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                future.set_exception(error)
            if self._jobs.empty():  # whatever hung has returned
                _left_behind.discard(self)


_left_behind: set[Owner] = set()
"""Threads that hang inside PortAudio, whose state must be left alone meanwhile."""


@lru_cache(maxsize=1)
def owner() -> Owner:
    """Give the process's PortAudio thread; the library's state is the process's too."""
    return Owner()


def _no_answer() -> DeviceError:
    return DeviceError("the sound system does not answer", _HELP)


def _abandon(stuck: Owner) -> None:
    """Leave a stuck thread behind, and keep sounddevice's exit handler from waiting for it."""
    _left_behind.add(stuck)
    owner.cache_clear()
    if library := sys.modules.get("sounddevice"):
        atexit.unregister(library._exit_handler)


def found_and_opened(thread: Owner, wanted: Wanted, open_: Callable[[Any, Any], T]) -> T:
    """Give `open_(sd, device)` for the wanted device; what PortAudio has not noticed yet is looked for anew.

    On the PortAudio thread. Raises DeviceError and MissingExtra.
    """
    sd = load()
    fresh = not thread.streaming and thread.look(sd)
    try:
        return open_(sd, find(sd, wanted))
    except DeviceError:
        if fresh or not thread.look(sd):
            raise
        return open_(sd, find(sd, wanted))


def shut(device: Streaming) -> None:
    """Close a device's stream; PortAudio must not be told twice."""
    stream, device.stream = device.stream, None
    if stream is not None:
        stream.close()


@asynccontextmanager
async def streaming(thread: Owner, device: Streaming, open_: Callable[[], None]) -> AsyncIterator[None]:
    """Open a device on its thread, and close it in the end."""
    await thread.call(open_)
    thread.streaming.append(device)
    try:
        yield
    finally:
        await thread.close(device)
