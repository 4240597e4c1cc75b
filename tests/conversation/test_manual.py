"""Turns by key: only the key ends them, and silence is never a turn."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.manual import PushTurns, ears
from swv6.conversation.turns import Began, Ended, Grew, Paused, Resumed, TurnEvent, Turns
from swv6.profiles.schema import Turns as TurnSettings
from swv6.types import Audio
from tests.conversation.fakes import RATE, LevelVAD

FRAME = 512


class Tape:
    """Feeds frames of one level, on a clock that never stops."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self.turns = PushTurns(LevelVAD(), settings or TurnSettings(mode="push", pause=0.2, partial=1.0))
        self.frames = 0

    def play(self, frames: int, level: float) -> list[TurnEvent]:
        """Give what the turns make of it."""
        found = list[TurnEvent]()
        for _ in range(frames):
            samples = np.full(FRAME, level, np.float32)
            found += self.turns.feed(Audio(samples, RATE, self.frames * FRAME / RATE))
            self.frames += 1
        return found


def kinds(decisions: list[TurnEvent]) -> list[type]:
    return [type(decision) for decision in decisions]


def test_the_profile_chooses() -> None:
    assert isinstance(ears(LevelVAD(), TurnSettings()), Turns)
    assert isinstance(ears(LevelVAD(), TurnSettings(mode="push")), PushTurns)


def test_speech_without_the_key_is_no_turn() -> None:
    tape = Tape()
    assert tape.play(200, 0.9) == []
    assert list(tape.turns.flush()) == []


def test_a_long_silence_prepares_but_does_not_end() -> None:
    tape = Tape()
    tape.turns.push()
    found = tape.play(10, 0.9) + tape.play(300, 0.0) + tape.play(10, 0.9)
    tape.turns.expect(True)
    assert kinds(found) == [Began, Grew, Paused, Resumed]
    (ended,) = tape.turns.flush()
    assert isinstance(ended, Ended)
    assert ended.audio.seconds > 320 * FRAME / RATE - 0.1
    assert not tape.turns.down


def test_what_was_said_just_before_the_key_is_kept() -> None:
    tape = Tape()
    tape.play(100, 0.0)
    tape.play(5, 0.9)
    tape.turns.push()
    tape.play(10, 0.8)
    (ended,) = tape.turns.flush()
    assert isinstance(ended, Ended)
    assert np.count_nonzero(ended.audio.samples > 0.85) == 5 * FRAME
    assert abs(ended.speech_end - 115 * FRAME / RATE) < 1e-6
    assert ended.audio.seconds < 0.5 + 11 * FRAME / RATE


def test_complaint_11_a_key_pressed_in_silence_is_no_turn() -> None:
    tape = Tape()
    tape.turns.push()
    assert tape.play(100, 0.0) == []
    assert list(tape.turns.flush()) == []


def test_a_turn_that_never_ends_ends_itself_and_the_key_is_up() -> None:
    tape = Tape(TurnSettings(mode="push", max_turn=1.0))
    tape.turns.push()
    assert [kind for kind in kinds(tape.play(60, 0.9)) if kind is Ended] == [Ended]
    assert not tape.turns.down


def test_the_clock_is_right_after_a_turn() -> None:
    tape = Tape()
    for _ in range(2):
        tape.turns.push()
        tape.play(20, 0.9)
        (ended,) = tape.turns.flush()
        assert isinstance(ended, Ended)
        assert abs(ended.decided - tape.frames * FRAME / RATE) < 1e-6
        tape.play(50, 0.0)


@given(st.lists(st.tuples(st.sampled_from(["speech", "silence", "push", "release", "reset"]), st.integers(1, 40))))
def test_turns_alternate_whatever_happens(steps: list[tuple[str, int]]) -> None:
    tape, found = Tape(), list[TurnEvent]()
    for what, frames in steps:
        if what == "push":
            tape.turns.push()
        elif what == "release":
            found += tape.turns.flush()
        elif what == "reset":
            tape.turns.reset()
            found = []
        else:
            found += tape.play(frames, 0.9 if what == "speech" else 0.0)
    borders = [kind for kind in kinds(found) if kind in (Began, Ended)]
    assert borders == [Began, Ended] * (len(borders) // 2) + [Began] * (len(borders) % 2)
