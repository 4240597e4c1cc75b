from __future__ import annotations

from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from swv6.stages.cache import Cache, cached
from swv6.stages.streams import owned
from swv6.telemetry.events import CacheUsed
from swv6.types import Audio
from tests.stages.fakes import Clock, Events, collect, fake

anyio_only = pytest.mark.anyio


def cache(max_bytes: float = 100, ttl: float = 10, clock: Clock | None = None) -> Cache[str]:
    return Cache(max_bytes, ttl, len, clock or Clock())


@anyio_only
async def test_a_whole_answer_is_given_again_without_asking() -> None:
    stage, kept, events = fake("a", "b"), cache(), Events()
    chain = cached(stage, kept, str, "tts", "one", events)
    assert await collect(chain("x")) == await collect(chain("x")) == ["a", "b"]
    assert stage.asked == ["x"]
    assert events == [CacheUsed("tts", "one", False), CacheUsed("tts", "one", True)]
    assert (kept.hits, kept.misses, kept.bytes) == (1, 1, 2)


@anyio_only
async def test_a_stream_that_was_left_is_not_kept_even_after_its_last_item() -> None:
    kept = cache()
    async with owned(cached(fake("a", "b"), kept, str)("x")) as items:
        assert [await anext(items), await anext(items)] == ["a", "b"]
    assert len(kept) == 0


@anyio_only
async def test_a_stream_that_failed_is_not_kept() -> None:
    kept = cache()
    with pytest.raises(OSError, match="gone"):
        await collect(cached(fake("a", OSError("gone")), kept, str)("x"))
    assert len(kept) == 0


@anyio_only
async def test_an_empty_answer_is_not_kept() -> None:
    kept = cache()
    await collect(cached(fake(), kept, str)("x"))
    assert len(kept) == 0


@anyio_only
async def test_an_answer_bigger_than_the_budget_passes_but_is_not_kept() -> None:
    kept = cache(max_bytes=3)
    assert await collect(cached(fake("aa", "bb"), kept, str)("x")) == ["aa", "bb"]
    assert (len(kept), kept.bytes) == (0, 0)


@anyio_only
async def test_sound_is_counted_to_the_byte() -> None:
    clip = Audio(np.zeros(1000, np.float32), 22050)

    async def voice(request: str, /):  # type: ignore[no-untyped-def]
        yield clip
        yield clip

    kept: Cache[Audio] = Cache(8000, 10, lambda audio: audio.samples.nbytes, Clock())
    async for _ in cached(voice, kept, str)("x"):
        pass
    assert kept.bytes == 8000


SIZES = {"a": 1, "b": 2, "c": 3, "d": 5, "e": 11}
KEYS = st.sampled_from(sorted(SIZES))


class CacheMachine(RuleBasedStateMachine):
    """The cache against a plain ordered dictionary: LRU order, expiry, budget, counts."""

    BUDGET, TTL = 10, 8.0

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.cache = cache(self.BUDGET, self.TTL, self.clock)
        self.model: OrderedDict[str, float] = OrderedDict()
        self.hits = self.misses = 0

    def expire(self) -> None:
        for key in [k for k, at in self.model.items() if self.clock.now >= at + self.TTL]:
            del self.model[key]

    @rule(key=KEYS)
    def put(self, key: str) -> None:
        self.cache.put(key, (key * SIZES[key],))
        self.expire()
        if SIZES[key] > self.BUDGET:
            return
        self.model.pop(key, None)
        while sum(SIZES[k] for k in self.model) + SIZES[key] > self.BUDGET:
            self.model.popitem(last=False)
        self.model[key] = self.clock.now

    @rule(key=KEYS)
    def get(self, key: str) -> None:
        self.expire()
        found = self.cache.get(key)
        assert found == ((key * SIZES[key],) if key in self.model else None)
        if key in self.model:
            self.model.move_to_end(key)
            self.hits += 1
        else:
            self.misses += 1

    @rule(seconds=st.sampled_from([0.5, 3.0, 8.0]))
    @precondition(lambda self: self.model)
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def agrees(self) -> None:
        self.expire()
        assert self.cache.bytes == sum(SIZES[k] for k in self.model) <= self.BUDGET
        assert len(self.cache) == len(self.model)
        assert (self.cache.hits, self.cache.misses) == (self.hits, self.misses)


TestCacheMachine = CacheMachine.TestCase
