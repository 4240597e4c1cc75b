"""Holding one device open for a whole conversation, and opening one again when it is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from itertools import chain, repeat
from typing import Any, Generic, TypeAlias, TypeVar

import anyio
from anyio.abc import TaskStatus

from swv6.errors import DeviceError, Swv6Error
from swv6.telemetry.events import DeviceBack, DeviceLost, Report

T = TypeVar("T")

Opener: TypeAlias = Callable[[], AbstractAsyncContextManager[tuple[str, T]]]
"""Opens the first device that can be had; gives its name and itself."""

PAUSES = (0.1, 0.25, 0.5, 1.0)
"""Seconds before each new attempt to open a device."""
LAST_PAUSE = 2.0
"""Seconds before each further attempt."""

log = logging.getLogger("swv6.keeper")


class Keeper(Generic[T]):
    """The owner of a device, in a task of its own: a context must be left by the task that entered it."""

    def __init__(self, kind: str, open_: Opener[T], report: Report) -> None:
        self.kind = kind
        self.device: T | None = None
        """The device in use; None while there is none."""
        self.name = ""
        self._open = open_
        self._report = report
        self._since = 0.0
        self._why = ""
        self._there = anyio.Event()
        self._gone = anyio.Event()
        self._closing = anyio.Event()

    async def run(self, *, task_status: TaskStatus[None] = anyio.TASK_STATUS_IGNORED) -> None:
        """Hold a device until `close`; only the first opening's error is raised."""
        await self._hold(task_status.started)
        pauses = _pauses()
        while not self._closing.is_set():
            try:
                await self._hold(self._back)
                pauses = _pauses()
            except Exception as error:  # noqa: BLE001 - a plugin's border: the device is not there yet
                self._why = f": {error.what if isinstance(error, Swv6Error) else error}"
                log.info("the %s is not back yet%s", self.kind, self._why)
                with anyio.move_on_after(next(pauses)):
                    await self._closing.wait()

    @property
    def absent(self) -> float:
        """Seconds since the device was lost; 0 while there is one."""
        return 0.0 if self.device is not None else anyio.current_time() - self._since

    async def wait(self) -> T | None:
        """Wait for the device; None once it is closed for good."""
        while self.device is None and not self._closing.is_set():
            await self._there.wait()
        return self.device

    async def get(self, give_up: float) -> T:
        """Wait for the device; DeviceError when it has been away for `give_up` seconds."""
        with anyio.move_on_after(give_up - self.absent):
            await self.wait()
        if self.device is None:
            raise self.error()
        return self.device

    def error(self) -> DeviceError:
        """Say that it did not come back, and why not."""
        return DeviceError(f"the {self.kind} did not come back{self._why}", "plug it in again, or choose another one")

    def lost(self, device: T, error: Exception) -> None:
        """Say that `device` failed; a device that was replaced meanwhile is of no interest."""
        if device is not self.device:
            return
        self.device, self._there, self._since = None, anyio.Event(), anyio.current_time()
        self._report(DeviceLost(self.kind, next(iter(str(error).splitlines()), "")))
        self._gone.set()

    def close(self) -> None:
        """Let the device go; idempotent."""
        self._closing.set()
        self._gone.set()
        self._there.set()

    async def _hold(self, opened: Callable[[], Any]) -> None:
        async with self._open() as (name, device):
            self.name, self.device, self._gone = name, device, anyio.Event()
            if self._closing.is_set():
                return
            self._there.set()
            opened()
            try:
                await self._gone.wait()
            finally:
                self.device = None

    def _back(self) -> None:
        self._report(DeviceBack(self.kind, self.name))


def _pauses() -> Iterator[float]:
    return chain(PAUSES, repeat(LAST_PAUSE))
