"""Three hundred short clauses, recorded from the virtual loudspeaker: no gap, nothing lost, nothing twice."""

from __future__ import annotations

import anyio
import numpy as np
import pytest

from swv6.audio.resample import Resampler
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
RATES = (22050, 16000, 24000, 22050, 48000, 44100, 8000, 22050)
"""Hz of the clauses, in turn: those of the shipped voices, of servers and of telephones."""
STEP = 50
"""Clauses last multiples of 1/50 s: a whole number of samples at each of these rates."""
CLAUSES = 300
SPEAKER = "speaker=[{sounddevice: {rate: 22050, latency: 500 ms}}]"
"""A busy machine starves small buffers."""
SEAM = RATE // 500
"""Samples (2 ms) at both ends of a clause where a resampler rings: it does not know what comes before and after."""


def voice(times: np.ndarray) -> np.ndarray:
    """Give a voice that goes on through all clauses: a tone that wavers and never repeats itself."""
    turns = 300 * times + 40 * np.sin(2 * np.pi * 0.71 * times) + 3 * times**2
    return np.asarray(0.5 * np.sin(2 * np.pi * turns))


def clauses() -> list[Audio]:
    """Cut the voice into clauses of 0.08 to 0.14 s, each with its own rate."""
    at, made = 0, list[Audio]()
    for number, length in enumerate(np.random.default_rng(5).integers(4, 8, CLAUSES)):
        rate = RATES[number % len(RATES)]
        times = at / STEP + np.arange(length * rate // STEP) / rate
        made.append(Audio(voice(times).astype(np.float32), rate))
        at += int(length)
    return made


def expected(made: list[Audio]) -> list[np.ndarray]:
    """Resample each clause by itself."""
    resampled = list[np.ndarray]()
    for clause in made:
        resampler = Resampler(clause.rate, RATE, "MQ")
        resampled.append(np.concatenate([resampler.feed(clause.samples), resampler.flush()]))
    return resampled


async def heard(card: VirtualAudio, made: list[Audio]) -> np.ndarray:
    """Play clauses as `say` and `talk` do; give what was heard, from the first sound to the last."""
    with Recording(card, RATE) as recording:
        async with build(resolve("default", [SPEAKER]), Store(), nobody) as builder:
            speaker = await first_that_opens(builder, "speaker")
            await anyio.sleep(0.5)  # until it records
            for clause in made:
                await speaker.play(clause)
            await speaker.drain()
            assert speaker.played == pytest.approx(sum(clause.seconds for clause in made), abs=1e-4)
            await anyio.sleep(0.3)
    sounding = np.flatnonzero(recording.samples)
    return recording.samples[sounding[0] : sounding[-1] + 1]


async def test_three_hundred_clauses_of_six_rates_are_one_sound(virtual_audio: VirtualAudio) -> None:
    made = clauses()
    wanted = expected(made)
    whole = np.concatenate(wanted)
    audible = np.flatnonzero(np.round(whole * 32768))  # as the recording is cut: a sample below 16 bits is silence
    whole = whole[audible[0] : audible[-1] + 1]
    for _ in range(3):  # a machine that stands still leaves a gap now and then, a fault of ours in each of them
        got = await heard(virtual_audio, made)
        if len(got) == len(whole):
            break
    assert len(got) == len(whole), "no gap, nothing lost, nothing twice"
    assert np.abs(got - whole).max() < 2 / 32768, "and every sample in its place"
    true = voice((np.arange(len(got)) + audible[0]) / RATE)
    ends = np.cumsum([0, *map(len, wanted)]) - audible[0]
    inside = np.ones(len(got), bool)
    for end in ends:
        inside[max(0, end - SEAM) : max(0, end + SEAM)] = False
    assert np.abs(got - true)[inside].max() < 0.01, "the voice goes on as if it had never been cut"
