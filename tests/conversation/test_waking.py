"""Asleep and awake: no state without an exit, and nothing heard in one's sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.waking import Waking
from swv6.telemetry.events import Asleep, Awake
from swv6.types import Audio
from tests.conversation.fakes import FRAME_SECONDS, Log, sound

if TYPE_CHECKING:
    from swv6.types import Samples

TIMEOUT = 10 * FRAME_SECONDS
WORD = 0.7
"""The level that is the wake word."""


class LevelWord:
    """Hears its word in a frame of one level."""

    rate, frame = 16_000, 160
    words: tuple[str, ...] = ("Bonjour",)

    def __init__(self) -> None:
        self.frames = self.resets = 0

    def __call__(self, frame: Samples, /) -> str | None:
        """Compare."""
        assert frame.shape == (self.frame,)
        self.frames += 1
        return "Bonjour" if abs(frame[0] - WORD) < 0.01 else None

    def reset(self) -> None:
        """Count."""
        self.resets += 1


def woken() -> tuple[Waking, LevelWord, Log]:
    """Give one that has just been woken."""
    word, log = LevelWord(), Log()
    waking = Waking(word, TIMEOUT, log)
    assert not waking.listens(sound(FRAME_SECONDS, WORD), busy=False)
    return waking, word, log


STEPS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=80)
"""Frames: (whether it is the wake word, whether a turn or a reply is under way)."""


@given(STEPS)
def test_no_state_without_an_exit(steps: list[tuple[bool, bool]]) -> None:
    word, log = LevelWord(), Log()
    waking, quiet = Waking(word, TIMEOUT, log), 0
    for said, busy in steps:
        awake, asked = waking.awake, word.frames
        heard = waking.listens(sound(FRAME_SECONDS, WORD if said else 0.9), busy)
        assert (word.frames > asked) is not heard, "each frame is for the ear or for the wake word"
        quiet = 0 if busy or not awake else quiet + 1
        if awake:
            assert heard is (quiet < 10), "it falls asleep after the timeout, never before, never while busy"
        else:
            assert not heard
        if said and not heard:
            assert waking.awake, "the word always wakes"
            quiet = 0
        elif not awake:
            assert not waking.awake, "nothing else does"
    changes = [type(event) for event in log.events]
    assert changes == [Asleep if i % 2 == 0 else Awake for i in range(len(changes))]
    for _ in range(10):
        waking.listens(sound(FRAME_SECONDS, 0.9), busy=False)
    assert not waking.awake
    waking.listens(sound(FRAME_SECONDS, WORD), busy=False)
    assert waking.awake


@given(st.lists(st.integers(1, 700), max_size=40))
def test_blocks_of_any_size_are_cut_into_the_words_frames(sizes: list[int]) -> None:
    word = LevelWord()
    waking = Waking(word, TIMEOUT, Log())
    for size in sizes:
        assert not waking.listens(sound(size / 16_000), busy=False)
    assert word.frames == sum(sizes) // word.frame


def test_the_timeout_begins_anew_after_each_reply() -> None:
    waking, _, _ = woken()
    for busy in [False] * 9 + [True] + [False] * 9:
        assert waking.listens(sound(FRAME_SECONDS, 0.9), busy)
    assert not waking.listens(sound(FRAME_SECONDS, 0.9), busy=False)


def test_what_was_half_said_before_is_forgotten_when_it_falls_asleep() -> None:
    waking, word, log = woken()
    before = word.resets
    for _ in range(10):
        waking.listens(sound(FRAME_SECONDS, 0.9), busy=False)
    assert word.resets == before + 1
    assert log.events == [Asleep(("Bonjour",)), Awake("Bonjour"), Asleep(("Bonjour",))]


def test_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="16000 Hz, got 8000 Hz"):
        Waking(LevelWord(), TIMEOUT, Log()).listens(Audio(sound(0.1).samples, 8000), busy=False)
