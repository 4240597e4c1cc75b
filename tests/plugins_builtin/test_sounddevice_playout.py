"""Any order of playing, stopping, pausing and resuming: each sample is heard once, in order, or was stopped."""

from __future__ import annotations

from collections import deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.sounddevice.playout import Playout

SOUNDS = st.tuples(st.just("play"), st.integers(0, 70))
CALLBACKS = st.tuples(st.just("callback"), st.integers(1, 30))
OTHERS = st.tuples(st.sampled_from(["stop", "pause", "resume", "restart"]), st.just(0))


class Card:
    """A sound card: samples leave its buffer once it is full; each sample says by its value which one it is."""

    def __init__(self, buffer: int) -> None:
        self.out = Playout(buffer)
        self.buffer = buffer
        self.way = deque[float]()
        self.heard: list[float] = []
        self.wanted: list[float] = []
        """What has been played and not stopped."""
        self.next = 1.0
        self.paused = False

    def do(self, what: str, count: int) -> None:
        """Do one thing."""
        getattr(self, what)(count)

    def play(self, count: int) -> None:
        sound = np.arange(self.next, self.next + count, dtype=np.float32)
        self.next += count
        self.wanted += sound.tolist()
        self.out.feed(sound)

    def callback(self, frames: int) -> None:
        out = np.full((frames, 2), np.nan, np.float32)
        self.out.give(out, frames)
        assert np.array_equal(out[:, 0], out[:, 1])
        self.way.extend(out[:, 0].tolist())
        while len(self.way) > self.buffer:
            if sample := self.way.popleft():
                assert not self.paused
                self.heard.append(sample)

    def stop(self, _: int) -> None:
        if self.out.stop():
            self.way.clear()
        self.paused = False
        self.wanted = list(self.heard)

    def pause(self, _: int) -> None:
        if self.out.pause():
            self.way.clear()
        self.paused = True

    def resume(self, _: int) -> None:
        self.out.resume()
        self.paused = False

    def restart(self, _: int) -> None:
        self.out.thrown_away()


@given(st.integers(0, 50), st.lists(SOUNDS | CALLBACKS | OTHERS, max_size=40))
def test_complaint_22_no_sequence_loses_or_repeats_a_sample(buffer: int, steps: list[tuple[str, int]]) -> None:
    card = Card(buffer)
    for what, count in steps:
        card.do(what, count)
        assert card.out.heard == len(card.heard)
        assert card.heard == card.wanted[: len(card.heard)]
    card.resume(0)
    card.restart(0)
    card.callback(buffer + len(card.wanted) + 1)
    assert card.heard == card.wanted
    assert card.out.done
    assert not card.out.waiting
