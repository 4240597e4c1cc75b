"""When a sound is heard, on a loudspeaker with a clock of its own."""

from __future__ import annotations

import anyio
import numpy as np
import pytest

from swv6.bench.ear import Ear
from swv6.types import Audio
from tests.bench.recorded import Clock
from tests.conversation.fakes import FakeSpeaker, sound

pytestmark = pytest.mark.anyio
RATE = 16_000


def quiet_then_loud(quiet: float, loud: float) -> Audio:
    """Silence, then sound."""
    return Audio(
        np.concatenate([np.zeros(round(quiet * RATE)), np.full(round(loud * RATE), 0.5)]).astype(np.float32), RATE
    )


class Device(FakeSpeaker):
    """Plays when it is told that time has passed."""

    async def play(self, audio: Audio, /) -> None:
        self.sounds.append(audio)

    def passes(self, seconds: float, clock: Clock) -> None:
        clock.now += seconds
        self.played += seconds


async def test_the_first_audible_sample_is_due_when_the_silence_before_it_has_been_played() -> None:
    clock, device = Clock(), Device()
    device.played = 7.0
    ear = Ear(device, clock)
    ear.arm()
    began = clock.now
    silent, first = quiet_then_loud(0.5, 0.0), quiet_then_loud(0.25, 1.0)
    await ear.play(silent)
    await ear.play(first)
    device.passes(0.9, clock)
    assert await ear.heard() == pytest.approx(began + 0.75)
    assert ear.sound is first


async def test_it_waits_until_the_device_has_played_so_far() -> None:
    clock, device = Clock(), Device()
    ear = Ear(device, clock)
    ear.arm()
    await ear.play(quiet_then_loud(0.5, 0.5))
    async with anyio.create_task_group() as tasks:
        waiting = anyio.Event()

        async def wait() -> None:
            assert await ear.heard() == pytest.approx(clock.now - 0.1)
            waiting.set()

        tasks.start_soon(wait)
        device.passes(0.4, clock)
        await anyio.sleep(0.02)
        assert not waiting.is_set()
        device.passes(0.2, clock)


async def test_a_gap_in_an_answer_is_counted_and_the_wait_before_it_is_not() -> None:
    clock, device = Clock(), Device()
    ear = Ear(device, clock)
    ear.arm()
    device.passes(3.0, clock)
    await ear.play(sound(1.0))
    device.passes(0.5, clock)
    await ear.play(sound(1.0))
    assert ear.stalls == 0.0
    device.passes(1.75, clock)
    await ear.play(sound(1.0))
    assert ear.stalls == pytest.approx(0.25)
    ear.arm()
    assert (ear.stalls, ear.sound) == (0.0, None)
