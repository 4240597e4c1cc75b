"""What the profile's voice detectors cost, and how often they are right in noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from swv6.audio.levels import rms
from swv6.bench.control import Control
from swv6.bench.ends import WINDOW
from swv6.bench.noise import judged, noisy, padded, speaks
from swv6.bench.questions import RATE, questions
from swv6.bench.series import Rounds, Section, Series, asked
from swv6.errors import DeviceError, Swv6Error
from swv6.models.store import Store
from swv6.profiles import Profile
from swv6.stages.opening import opened
from swv6.types import VAD, Audio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from swv6.types import Samples

NOISES = (("", 0.0), *((colour, snr) for colour in ("white", "pink") for snr in (20.0, 10.0, 0.0)))
"""Colour and signal-to-noise ratio in dB; the first is clean."""
LEVEL = "level"
"""Name of the baseline."""
COST = "time for a frame"
LOUD = 0.01
"""What the baseline calls speech: -40 dBFS, as the simplest recorders do."""


class Level:
    """The baseline: whatever is loud is speech."""

    rate = 16_000
    frame = 512

    def __call__(self, frame: Samples, /) -> float:
        return float(rms(frame) > LOUD)

    def reset(self) -> None:
        """Nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording under one noise."""

    where: str
    """Ends the name of a series: `clean`, `white-20`."""
    samples: Samples
    speech: NDArray[np.bool_]
    """Whether somebody speaks, for each 10 ms."""
    counts: NDArray[np.bool_]
    """Whether that is judged."""


@dataclass(frozen=True, slots=True)
class Right:
    """How often a detector was right on one clip."""

    precision: float | None
    """Share of the frames it called speech that are; None when it called none so."""
    recall: float
    """Share of the frames of speech that it called so."""
    frame: float
    """Median seconds that it took for a frame."""


def kinds(names: Sequence[str]) -> list[Series]:
    """Say what is measured of each detector."""
    found = [Series(f"{n}.frame", n, "s", beside=f"{LEVEL}.frame" if n != LEVEL else "", group=COST) for n in names]
    for where in map(place, NOISES):
        colour, _, snr = where.partition("-")
        group = f"{colour} noise, {snr} dB" if snr else "without noise"
        for name in names:
            kinds_ = (("recall", "speech that is found"), ("precision", "right when it says speech"))
            found += [
                Series(f"{name}.{what}.{where}", f"{name}: {told}", "share", better="more", group=group)
                for what, told in kinds_
            ]
    return found


def place(noise: tuple[str, float]) -> str:
    """Name a noise."""
    return f"{noise[0]}-{noise[1]:.0f}" if noise[0] else "clean"


async def measure(profile: Profile, store: Store, runs: int, told: Callable[[str], None]) -> Section:
    """Let every detector of the profile hear the first `runs` shipped questions, clean and in noise, in turns.

    Each recording is one value; a frame is speech when the detector gives `turns.threshold` or more.
    """
    control, notes = Control(), list[str]()
    async with AsyncExitStack() as stack:
        detectors = await _opened(profile, store, stack, notes)
        rounds = Rounds(kinds([*detectors]))
        chosen = questions()[:runs]
        for number, question in enumerate(chosen):
            told(f"vad: {question.name}")
            control.tick()
            for clip in clips(question.audio, number):
                for name, vad in detectors.items():
                    _note(rounds, name, clip.where, heard(vad, clip, profile.turns.threshold))
    notes.append(f"{LEVEL}: the baseline, whatever is over {20 * np.log10(LOUD):.0f} dBFS; voices are synthetic")
    of = asked([(question.name, question.text) for question in chosen])
    return Section("vad", "Noticing speech", rounds.series(), control.series, tuple(notes), of)


async def _opened(profile: Profile, store: Store, stack: AsyncExitStack, notes: list[str]) -> dict[str, VAD]:
    """Open the detectors that open; those that detect nothing (a last resort that warns) are left out."""
    found: dict[str, VAD] = {}
    for choice in profile.vad:
        if choice.offer.warning:
            continue
        try:
            found[choice.backend] = await stack.enter_async_context(opened(choice, store))
        except Swv6Error as error:
            notes.append(f"{choice.backend}: {error}")
    if not found:
        raise DeviceError("no voice activity detector could be opened", 'pip install "swv6[embedded]"')
    return {**found, LEVEL: Level()}


def clips(audio: Audio, seed: int) -> Iterator[Clip]:
    """Give one recording under each noise; the truth comes from the clean one."""
    clean = padded(audio)
    speech = speaks(clean)
    counts = judged(speech)
    for colour, snr in NOISES:
        samples = noisy(clean, speech, colour, snr, seed) if colour else clean.samples
        yield Clip(place((colour, snr)), samples, speech, counts)


def heard(vad: VAD, clip: Clip, threshold: float) -> Right:
    """Let a detector hear a clip, frame by frame; each frame is judged by the 10 ms in its middle."""
    if vad.rate != RATE:
        raise DeviceError(
            f"a detector at {vad.rate} Hz cannot be measured, only {RATE} Hz", "swv6 bench vad --set vad=..."
        )
    vad.reset()
    whole = len(clip.samples) // vad.frame
    took, said = list[float](), np.zeros(whole, bool)
    for number, frame in enumerate(clip.samples[: whole * vad.frame].reshape(whole, vad.frame)):
        began = perf_counter()
        said[number] = vad(frame) >= threshold
        took.append(perf_counter() - began)
    middle = ((np.arange(whole) + 0.5) * vad.frame / RATE / WINDOW).astype(int)
    counts, truth = clip.counts[middle], clip.speech[middle]
    found = float(np.sum(said & truth & counts))
    called, there = float(np.sum(said & counts)), float(np.sum(truth & counts))
    return Right(found / called if called else None, found / there if there else 0.0, median(took))


def _note(rounds: Rounds, name: str, where: str, right: Right) -> None:
    rounds.add(f"{name}.frame", right.frame)
    rounds.add(f"{name}.recall.{where}", right.recall)
    if right.precision is not None:
        rounds.add(f"{name}.precision.{where}", right.precision)
