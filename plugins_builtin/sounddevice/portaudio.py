"""PortAudio on a thread of its own, so that a frozen sound server can be left behind."""

from __future__ import annotations

import asyncio
import atexit
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import lru_cache
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

import anyio

from plugins_builtin.sounddevice.select import Wanted, choose
from swv6.plugins import DeviceError, MissingExtra, Swv6Error

T = TypeVar("T")
_LIMIT = 10.0
"""Seconds that opening a device may take; Bluetooth takes several."""
CLOSE_LIMIT = 2.0
"""Seconds that closing may take: longer means a frozen sound server, whose calls never return."""
_HELP = "restart the sound server, or choose another device"
_RETRY = (-9997, -9998)
"""PortAudio's paInvalidSampleRate and paInvalidChannelCount: another combination may do."""


class Owner:
    """The one thread that calls PortAudio (Windows' COM wants them all on the thread that initialised it)."""

    def __init__(self) -> None:
        self._stuck = False
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._run, name="swv6-portaudio", daemon=True).start()

    def post(self, job: Callable[[], T]) -> Future[T]:
        """Run `job` after those posted before; nobody has to wait for it."""
        future: Future[T] = Future()
        self._jobs.put((future, job))
        return future

    async def call(self, job: Callable[[], T], limit: float = _LIMIT) -> T:
        """Run `job` and wait for it, cancelled or not; DeviceError when it fails or takes more than `limit` seconds."""
        if self._stuck:
            raise _no_answer()
        waiting = asyncio.wrap_future(self.post(job))
        with anyio.CancelScope(shield=True), anyio.move_on_after(limit):
            await asyncio.wait([waiting])
        if not waiting.done():
            self._stuck = True
            _abandon()
            raise _no_answer()
        try:
            return waiting.result()
        except Swv6Error:
            raise
        except Exception as error:  # plugin border: PortAudio's own errors
            raise DeviceError(f"the sound system refuses: {error}", _HELP) from error

    def _run(self) -> None:
        while True:
            future, job = self._jobs.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(job())
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits
                future.set_exception(error)


@lru_cache(maxsize=1)
def owner() -> Owner:
    """Give the process's PortAudio thread; the library's state is the process's too."""
    return Owner()


def _no_answer() -> DeviceError:
    return DeviceError("the sound system does not answer", _HELP)


def _abandon() -> None:
    """Leave a stuck thread behind, and keep sounddevice's exit handler from waiting for it."""
    owner.cache_clear()
    if library := sys.modules.get("sounddevice"):
        atexit.unregister(library._exit_handler)


def load() -> Any:
    """Import sounddevice (which initialises PortAudio); raises MissingExtra and DeviceError."""
    try:
        import sounddevice
    except ImportError as error:
        raise MissingExtra("sounddevice is not installed", 'pip install "swv6[embedded]"') from error
    except OSError as error:
        hint = "sudo apt install libportaudio2" if sys.platform.startswith("linux") else "reinstall sounddevice"
        raise DeviceError(f"PortAudio does not load: {error}", hint) from error
    return sounddevice


def find(sd: Any, wanted: Wanted) -> Any:
    """Return sounddevice's description of the device that is meant; raises DeviceError."""
    try:
        devices, apis = list(sd.query_devices()), list(sd.query_hostapis())
    except sd.PortAudioError as error:
        raise wanted.missing(f"the sound system cannot be asked: {error}") from error
    try:
        default = int(sd.query_devices(kind=wanted.direction)["index"])
    except (sd.PortAudioError, ValueError):
        default = -1
    return devices[choose(wanted, devices, apis, default)]


def open_first(
    sd: Any, wanted: Wanted, device: Any, rates: Iterable[int | None], make: Callable[[int, int], Any]
) -> Any:
    """Open the first stream `make(rate, channels)` that the device accepts; raises DeviceError."""
    error: Exception | None = None
    for channels in (1, 2):
        for rate in dict.fromkeys(rate for rate in rates if rate):
            try:
                return make(rate, channels)
            except sd.PortAudioError as refusal:
                error = refusal
                if len(refusal.args) < 2 or refusal.args[1] not in _RETRY:
                    raise wanted.missing(f"{wanted.word} {device['name']!r} does not open: {refusal}") from refusal
    raise wanted.missing(f"{wanted.word} {device['name']!r} accepts no usable rate: {error}") from error
