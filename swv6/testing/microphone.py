"""The contract of a microphone, as tests.

class TestMine(MicrophoneContract):
    backend = next(iter(my_plugin.swv6_microphone()))
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import pairwise
from typing import Any, cast

import anyio
import numpy as np
import pytest

from swv6.plugins import Audio, Backend, Microphone
from swv6.testing.device import DeviceContract
from swv6.testing.opened import opened

_TICK = 1e-6
"""Seconds two times may differ by: less than a sample."""


class MicrophoneContract(DeviceContract):
    """Subclass it with `backend` (and an `options` fixture); the source must give at least half a second of sound."""

    backend: Backend[Microphone]

    async def test_blocks_are_short_mono_float32(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as microphone:
            blocks = await _take(microphone, 8)
            assert len({block.rate for block in blocks}) == 1
            for block in blocks:
                assert block.samples.dtype == np.float32
                assert block.samples.ndim == 1
                assert 0 < block.seconds <= 0.1
                assert np.isfinite(block.samples).all()
                assert np.abs(block.samples).max() <= 1.0

    async def test_the_clock_counts_samples(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as microphone:
            blocks = await _take(microphone, 8)
            assert blocks[0].start >= 0.0
            for block, following in pairwise(blocks):
                assert following.start == pytest.approx(block.start + block.seconds, abs=_TICK)

    async def test_tells_whether_it_waits_for_its_listener(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as microphone:
            assert isinstance(microphone.live, bool)

    async def test_listening_again_never_goes_back(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as microphone:
            first = await _take(microphone, 3)
            second = await _take(microphone, 3)
            assert second[0].start >= first[-1].start + first[-1].seconds - _TICK

    async def test_a_cancelled_listener_leaves_it_usable(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as microphone:
            with anyio.CancelScope() as scope:
                async with aclosing(_stream(microphone)) as frames:
                    await anext(frames)
                    scope.cancel()
                    await anext(frames)
            assert scope.cancelled_caught
            assert len(await _take(microphone, 2)) == 2

    async def test_opens_again_after_closing(self, options: dict[str, Any]) -> None:
        for _ in range(2):
            async with opened(self.backend, options) as microphone:
                assert len(await _take(microphone, 2)) == 2


def _stream(microphone: Microphone) -> Any:
    """Give the frames as something that can be closed: every microphone's are an async generator."""
    return cast("Any", microphone.frames())


async def _take(microphone: Microphone, count: int) -> list[Audio]:
    blocks: list[Audio] = []
    frames: AsyncIterator[Audio]
    async with aclosing(_stream(microphone)) as frames:
        async for block in frames:
            blocks.append(block)
            if len(blocks) == count:
                break
    assert len(blocks) == count, f"the microphone ended after {len(blocks)} blocks"
    return blocks
