"""The contract of a voice activity detector, as tests.

class TestMine(VADContract):
    backend = next(iter(my_plugin.swv6_vad()))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from swv6.errors import BackendError
from swv6.plugins import VAD, Backend
from swv6.testing.device import DeviceContract
from swv6.testing.opened import opened

if TYPE_CHECKING:
    from swv6.types import Samples


class VADContract(DeviceContract):
    """Subclass it with `backend` (and an `options` fixture, where there is something to set)."""

    backend: Backend[VAD]

    async def test_frames_have_a_usable_size(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as vad:
            assert vad.rate in (8000, 16000, 24000, 32000, 48000)
            assert 0.005 <= vad.frame / vad.rate <= 0.1

    async def test_gives_probabilities_for_any_sound(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as vad:
            for frame in (*_noise(vad, 5), _loud(vad), _loud(vad) * 0):
                probability = vad(frame)
                assert isinstance(probability, float)
                assert 0.0 <= probability <= 1.0

    async def test_leaves_its_frame_alone(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as vad:
            frame = _noise(vad, 1)[0]
            before = frame.copy()
            frame.flags.writeable = False
            vad(frame)
            assert np.array_equal(frame, before)

    async def test_reset_forgets_everything(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as vad:
            frames = _noise(vad, 20)
            first = [vad(frame) for frame in frames]
            for _ in range(10):
                vad(_loud(vad))
            vad.reset()
            assert [vad(frame) for frame in frames] == first

    async def test_a_frame_of_the_wrong_size_is_a_backend_error(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as vad:
            for size in (0, vad.frame - 1, vad.frame + 1):
                with pytest.raises(BackendError):
                    vad(np.zeros(size, np.float32))
            vad(_loud(vad))

    async def test_two_detectors_do_not_disturb_each_other(self, options: dict[str, Any]) -> None:
        async with opened(self.backend, options) as one, opened(self.backend, options) as other:
            frames = _noise(one, 20)
            alone = [one(frame) for frame in frames]
            one.reset()
            together = []
            for frame in frames:
                other(_loud(other))
                together.append(one(frame))
            assert together == alone

    async def test_opens_again_after_closing(self, options: dict[str, Any]) -> None:
        for _ in range(2):
            async with opened(self.backend, options) as vad:
                vad(_loud(vad))


def _noise(vad: VAD, count: int) -> list[Samples]:
    random = np.random.default_rng(7)
    return [random.normal(0, 0.05, vad.frame).astype(np.float32) for _ in range(count)]


def _loud(vad: VAD) -> Samples:
    """Give a full-scale 200 Hz square wave."""
    return np.sign(np.sin(2 * np.pi * 200 * (np.arange(vad.frame) + 0.5) / vad.rate)).astype(np.float32)
