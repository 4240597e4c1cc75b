"""Answering a request again without asking the backend."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Hashable
from typing import Generic, TypeVar

from anyio import to_thread
from cachetools import TTLCache

from swv6.stages.cache_shelf import Shelf
from swv6.stages.streams import owned
from swv6.telemetry.events import CacheUsed, Report, nobody
from swv6.types import Stage

R = TypeVar("R")
T = TypeVar("T")


class Cache(Generic[T]):
    """Whole answers: the least recently used leave when `max_bytes` would be passed, all leave after `ttl` seconds.

    `size_of` gives the bytes of one item; an answer bigger than the whole budget is not kept.
    """

    def __init__(
        self, max_bytes: float, ttl: float, size_of: Callable[[T], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.max_bytes = max_bytes
        self.size_of = size_of
        self.hits = 0
        self.misses = 0
        self._kept: TTLCache[Hashable, tuple[int, tuple[T, ...]]] = TTLCache(
            maxsize=max_bytes, ttl=ttl, timer=clock, getsizeof=lambda entry: entry[0]
        )

    @property
    def bytes(self) -> float:
        """Bytes kept now."""
        self._kept.expire()
        return self._kept.currsize

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> tuple[T, ...] | None:
        """Give the answer kept under `key`, counting a hit or a miss."""
        entry = self._kept.get(key)
        self.hits += entry is not None
        self.misses += entry is None
        return entry and entry[1]

    def put(self, key: Hashable, items: tuple[T, ...]) -> None:
        """Keep an answer unless it is bigger than the whole budget."""
        size = sum(map(self.size_of, items))
        if size <= self.max_bytes:
            self._kept[key] = (size, items)


def cached(
    stage: Stage[R, T],
    cache: Cache[T],
    key: Callable[[R], Hashable],
    kind: str = "",
    backend: str = "",
    report: Report = nobody,
    shelf: Shelf[T] | None = None,
) -> Stage[R, T]:
    """Answer from `cache`, or from disk (`shelf`), when it can.

    The streams that end well and are not empty are kept, never parts of one.
    """

    async def find(request: R) -> tuple[Hashable, tuple[T, ...] | None]:
        # minutes of sound take a while to digest; for a text a thread's turn takes longer than the work
        quick = shelf is None or isinstance(request, str)
        at = key(request) if quick else await to_thread.run_sync(key, request)
        hit = cache.get(at)
        if hit is None and shelf is not None and (hit := await shelf.get(at)) is not None:
            cache.put(at, hit)
        return at, hit

    async def run(request: R, /) -> AsyncIterator[T]:
        at, hit = await find(request)
        report(CacheUsed(kind, backend, hit is not None))
        if hit is not None:
            for item in hit:
                yield item
            return
        kept = _Recording(cache, shelf)
        async with owned(stage(request)) as items:
            async for item in items:
                kept.add(item)
                yield item
        kept.store(at)

    return run


class _Recording(Generic[T]):
    """The items of a stream so far; dropped, so that memory stays bounded, once they cannot fit."""

    def __init__(self, cache: Cache[T], shelf: Shelf[T] | None) -> None:
        self._cache, self._shelf = cache, shelf
        self._room = max(cache.max_bytes, shelf.max_bytes if shelf else 0)
        self._items: list[T] = []
        self._bytes = 0

    def add(self, item: T) -> None:
        self._bytes += self._cache.size_of(item)
        if self._bytes > self._room:
            self._items.clear()
        else:
            self._items.append(item)

    def store(self, key: Hashable) -> None:
        if not self._items or self._bytes > self._room:
            return
        self._cache.put(key, tuple(self._items))
        if self._shelf is not None:
            self._shelf.put(key, tuple(self._items))
