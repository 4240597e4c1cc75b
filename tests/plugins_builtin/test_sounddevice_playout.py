"""Any order of playing, stopping, pausing, ducking and cues: each sample is heard once, in order, at its gain."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.sounddevice.playout import Playout
from swv6.audio.fading import RAMP

RATE = 1000
"""Hz: a ramp is ten samples long."""
STEP = 1 / (RAMP * RATE)
"""By how much a gain may change from one sample to the next."""
CUE = 0.5
"""What every sample of a cue is."""
UNDER = 0.25
"""How loud the voice is meanwhile."""

SOUNDS = st.tuples(st.just("play"), st.integers(0, 70))
CALLBACKS = st.tuples(st.just("callback"), st.integers(1, 30))
DUCKS = st.tuples(st.just("duck"), st.sampled_from([0, 25, 50, 100]))
CUES = st.tuples(st.just("cue"), st.integers(0, 40))
OTHERS = st.tuples(st.sampled_from(["stop", "pause", "resume", "restart"]), st.just(0))


@dataclass(frozen=True)
class Sample:
    """What leaves the card at one moment: a sample of the voice, one of a cue, both or neither."""

    voice: int = 0
    """Which one it is, from 1; 0 for none."""
    gain: float = 1.0
    cue: int = 0


@dataclass
class Model:
    """What should leave a card, sample by sample, told in the plainest way."""

    voice: deque[int] = field(default_factory=deque)
    cues: deque[int] = field(default_factory=deque)
    gain: float = 1.0
    level: float = 1.0
    under: float = 1.0
    paused: bool = False
    mute: bool = False

    def block(self, frames: int) -> list[Sample]:
        """Give what the card is given next."""
        if self.mute:
            return [Sample()] * frames
        goal = self.level * (self.under if self.cues else 1.0)
        return [self.one(goal) for _ in range(frames)]

    def one(self, goal: float) -> Sample:
        self.gain = min(goal, self.gain + STEP) if goal > self.gain else max(goal, self.gain - STEP)
        voice = self.voice.popleft() if self.voice and not self.paused else 0
        return Sample(voice, self.gain, self.cues.popleft() if self.cues else 0)

    def take_back(self, samples: deque[Sample]) -> None:
        """Take back what the card throws away."""
        self.voice.extendleft(s.voice for s in reversed(samples) if s.voice)
        self.cues.extendleft(s.cue for s in reversed(samples) if s.cue)
        self.mute = True
        samples.clear()


class Card:
    """A sound card: samples leave its buffer once it is full. The n-th sample of the voice has the value 1/n."""

    def __init__(self, buffer: int) -> None:
        self.out = Playout(buffer, RATE)
        self.model = Model()
        self.buffer = buffer
        self.way = deque[Sample]()
        self.heard: list[Sample] = []
        self.voices = self.cues = 0
        """How many samples of each were queued so far."""
        self.stopped = set[int](), set[int]()
        """The samples of the voice, and of cues, that were stopped before they were heard."""

    def do(self, what: str, count: int) -> None:
        """Do one thing."""
        getattr(self, what)(count)

    def play(self, count: int) -> None:
        numbers = np.arange(self.voices + 1, self.voices + count + 1)
        self.voices += count
        self.model.voice.extend(numbers.tolist())
        self.out.feed((1 / numbers).astype(np.float32))

    def cue(self, count: int) -> None:
        self.model.cues.extend(range(self.cues + 1, self.cues + count + 1))
        self.model.under, self.cues = UNDER, self.cues + count
        self.out.cue(np.full(count, CUE, np.float32), UNDER)

    def duck(self, percent: int) -> None:
        self.model.level = percent / 100
        self.out.duck(percent / 100)

    def callback(self, frames: int) -> None:
        out = np.full((frames, 2), np.nan, np.float32)
        self.out.give(out, frames)
        wanted = self.model.block(frames)
        values = [min(1.0, (s.gain / s.voice if s.voice else 0.0) + (CUE if s.cue else 0.0)) for s in wanted]
        assert np.allclose(out[:, 0], values, rtol=0, atol=1e-6)
        assert np.array_equal(out[:, 0], out[:, 1])
        self.way.extend(wanted)
        while len(self.way) > self.buffer:
            self.heard.append(self.way.popleft())

    def stop(self, _: int) -> None:
        thrown = any(s.voice or s.cue for s in self.way)
        assert self.out.stop() == thrown
        if thrown:
            self.model.take_back(self.way)
        for stopped, queue in zip(self.stopped, (self.model.voice, self.model.cues), strict=True):
            stopped.update(queue)
            queue.clear()
        self.model.paused, self.model.level, self.model.gain = False, 1.0, 1.0

    def pause(self, _: int) -> None:
        thrown = any(s.voice for s in self.way)
        assert self.out.pause() == thrown, "a cue alone sounds on"
        if thrown:
            self.model.take_back(self.way)
        self.model.paused = True

    def resume(self, _: int) -> None:
        self.out.resume()
        if self.model.paused:
            self.model.paused, self.model.gain = False, 0.0

    def restart(self, _: int) -> None:
        self.out.thrown_away()
        self.model.mute = False

    def told(self) -> tuple[list[int], list[int]]:
        """Say which samples of the voice, and of cues, were heard."""
        return [s.voice for s in self.heard if s.voice], [s.cue for s in self.heard if s.cue]

    def wanted(self) -> tuple[list[int], list[int]]:
        """Say which were to be heard: all that were not stopped."""
        voice, cues = self.stopped
        return (
            [n for n in range(1, self.voices + 1) if n not in voice],
            [n for n in range(1, self.cues + 1) if n not in cues],
        )


@given(st.integers(0, 50), st.lists(SOUNDS | CALLBACKS | DUCKS | CUES | OTHERS, max_size=40))
def test_complaint_22_no_sequence_loses_or_repeats_a_sample(buffer: int, steps: list[tuple[str, int]]) -> None:
    card = Card(buffer)
    for what, count in steps:
        card.do(what, count)
        assert card.out.heard == len(card.told()[0]), "its position is exact"
        assert all(heard == wanted[: len(heard)] for heard, wanted in zip(card.told(), card.wanted(), strict=True))
        if what == "stop":
            assert card.out.done
            assert not card.out.waiting
    card.resume(0)
    card.restart(0)
    card.callback(buffer + card.voices + card.cues + 1)
    assert card.told() == card.wanted()
    assert card.out.done
    assert not card.out.busy
    assert not card.out.waiting


@given(st.lists(CALLBACKS | DUCKS | CUES, max_size=40))
def test_ducking_never_clicks(steps: list[tuple[str, int]]) -> None:
    """A voice that stands still at 0.5 shows its gain: it changes by no more than the ramp, also under a silent cue."""
    out, heard = Playout(0, RATE), list[float]()
    out.feed(np.full(40 * 30, 0.5, np.float32))
    for what, count in steps:
        if what == "duck":
            out.duck(count / 100)
        elif what == "cue":
            out.cue(np.zeros(count, np.float32), UNDER)
        else:
            block = np.empty((count, 1), np.float32)
            out.give(block, count)
            heard += block[:, 0].tolist()
    assert np.abs(np.diff([0.5, *heard])).max(initial=0.0) <= 0.5 * STEP + 1e-6
    assert out.heard == len(heard), "ducking changes only how loud it is"


def test_a_voice_at_its_own_level_is_passed_on_bit_by_bit() -> None:
    said = np.random.default_rng(1).uniform(-1, 1, 100).astype(np.float32)
    out, block = Playout(0, RATE), np.empty((100, 1), np.float32)
    out.feed(said)
    out.give(block, 100)
    assert np.array_equal(block[:, 0], said)
