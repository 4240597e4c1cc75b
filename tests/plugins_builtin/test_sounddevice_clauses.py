"""Many short clauses, recorded from the virtual loudspeaker: no gap, nothing lost, nothing twice."""

from __future__ import annotations

import anyio
import numpy as np
import pytest

from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.stages.devices import first_that_opens
from swv6.telemetry.events import nobody
from swv6.types import Audio
from tests.live.recording import Recording
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.audio, pytest.mark.anyio]
RATE = 22050
"""Hz of the virtual loudspeaker."""
SPEAKER = "speaker=[{sounddevice: {rate: 22050, latency: 500 ms}}]"
"""A busy machine starves small buffers."""


async def heard(card: VirtualAudio, clauses: list[Audio]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Play clauses as `say` and `talk` do; give what was heard from the first sound to the last."""
    with Recording(card, RATE) as recording:
        async with build(resolve("default", [SPEAKER]), Store(), nobody) as builder:
            speaker = await first_that_opens(builder, "speaker")
            await anyio.sleep(0.5)  # until it records
            for clause in clauses:
                await speaker.play(clause)
            await speaker.drain()
            assert speaker.played == pytest.approx(sum(clause.seconds for clause in clauses), abs=0.001)
            await anyio.sleep(0.3)
    sounding = np.flatnonzero(recording.samples)
    return recording.samples[sounding[0] : sounding[-1] + 1]


async def test_three_hundred_clauses_are_one_sound(virtual_audio: VirtualAudio) -> None:
    chance = np.random.default_rng(5)
    lengths = chance.integers(200, 900, 300)
    said = chance.uniform(-0.9, 0.9, int(lengths.sum())).astype(np.float32)
    said[0] = said[-1] = 0.9
    got = await heard(virtual_audio, [Audio(part, RATE) for part in np.split(said, np.cumsum(lengths)[:-1])])
    assert len(got) == len(said)
    assert np.abs(got - said).max() < 2 / 32768


async def test_voices_of_other_rates_follow_each_other_without_a_gap(virtual_audio: VirtualAudio) -> None:
    """A tone goes on from voice to voice: a gap or a lost sample would be a step in it."""
    at, clauses = 0.0, list[Audio]()
    for number in range(30):
        rate = (16000, 24000, 22050, 48000)[number % 4]
        times = at + np.arange(rate // 10) / rate
        clauses.append(Audio((0.5 * np.sin(2 * np.pi * 110 * times)).astype(np.float32), rate))
        at += 0.1
    got = await heard(virtual_audio, clauses)
    assert len(got) / RATE == pytest.approx(3.0, abs=0.005)
    # a tone of 110 Hz changes by 0.016 in a sample; the ends of a resampled piece ring by a tenth of its height
    assert np.abs(np.diff(got)).max() < 0.12
    quiet = np.flatnonzero(np.convolve(np.abs(got) < 0.01, np.ones(60), "valid") == 60)
    assert not len(quiet), "60 samples without sound"
