"""A backend's place on disk: its own keys, its items as bytes, off the event loop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.abc import TaskGroup

from swv6.models.store import Store
from swv6.profiles import Choice, Profile
from swv6.stages.cache_codec import CODECS, Codec, Unreadable
from swv6.stages.cache_disk import Disk
from swv6.stages.cache_folder import folder, path_of
from swv6.stages.cache_keys import identity
from swv6.stages.cache_sql import digest

T = TypeVar("T")
log = logging.getLogger("swv6.cache")


class Shelf(Generic[T]):
    """Whole answers of one backend on disk; reading is awaited, writing is left to `tasks`."""

    def __init__(self, disk: Disk, about: Callable[[], bytes | None], codec: Codec, tasks: TaskGroup) -> None:
        self.max_bytes = disk.max_bytes
        self._disk, self._about, self._codec, self._tasks = disk, about, codec, tasks
        self._known: bytes | None = None
        self._asked = False
        self._one = CapacityLimiter(1)

    async def get(self, key: Hashable) -> tuple[T, ...] | None:
        """Give the answer kept under `key`."""
        found = await to_thread.run_sync(self._get, key)
        if self._disk.due:
            self._later(self._disk.flush)
        return found

    def put(self, key: Hashable, items: tuple[T, ...]) -> None:
        """Keep an answer, some time soon."""
        self._later(self._put, key, items)

    def _later(self, act: Callable[..., None], *args: object) -> None:
        async def write() -> None:
            await to_thread.run_sync(act, *args, limiter=self._one)

        self._tasks.start_soon(write)

    def _get(self, key: Hashable) -> tuple[T, ...] | None:
        about = self._identity()
        if about is None or (data := self._disk.get(at := digest(about, key))) is None:
            return None
        try:
            return self._codec.unpack(data)
        except Unreadable as error:
            log.debug("an answer in %s could not be read: %s", self._disk.path, error)
            self._disk.spoilt(at)
            return None

    def _put(self, key: Hashable, items: tuple[T, ...]) -> None:
        about, data = self._identity(), self._codec.pack(items)
        if about is not None and data is not None:
            self._disk.put(digest(about, key), data)

    def _identity(self) -> bytes | None:
        if not self._asked:
            try:
                self._known = self._about()
            except Exception as error:  # noqa: BLE001 - a plugin's options may do anything
                log.warning("%s: an answer is not kept, as its options cannot be told: %r", self._disk.path, error)
            self._asked = True
        return self._known


class Shelves:
    """The files that the chains of one profile share, closed when the last of their tasks has ended."""

    def __init__(self, profile: Profile, store: Store, live: bool) -> None:
        self._limits = profile.cache.disk
        self._store, self._live = store, live
        self._disks = dict[str, Disk]()

    def __enter__(self) -> Shelves:
        return self

    def __exit__(self, *_: object) -> None:
        for disk in self._disks.values():
            disk.close()

    def shelf(self, kind: str, choice: Choice, tasks: TaskGroup) -> Shelf[Any] | None:
        """Give a backend its place; None when its answers are not to be kept.

        What was said in a conversation never is, and neither is what a last resort answers, which must be told.
        """
        limits, root = getattr(self._limits, kind, None), folder()
        if limits is None or root is None or choice.offer.warning or (kind == "stt" and self._live):
            return None
        if kind not in self._disks:
            self._disks[kind] = Disk(path_of(kind, root), limits.max_bytes, limits.ttl)
        return Shelf(self._disks[kind], lambda: identity(choice, self._store, self._live), CODECS[kind], tasks)
