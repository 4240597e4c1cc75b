"""Turns are decided by counting samples; no word and no second is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.turns import Began, Ended, Grew, Insisted, Paused, Resumed, TurnEvent, Turns
from swv6.profiles.schema import Turns as TurnSettings
from swv6.types import Audio
from tests.conversation.fakes import RATE, LevelVAD

FRAME = LevelVAD.frame
SECOND = RATE / FRAME
"""Frames a second."""


def frames(*spans: tuple[float, float]) -> Audio:
    """Make sound from (seconds, probability) spans, whole frames each; one in 32 is softer, as in speech."""
    sound = np.concatenate([np.full((round(s * SECOND), FRAME), p, np.float32) for s, p in spans])
    sound[31::32, 1:] *= 0.6
    return Audio(sound.ravel(), RATE)


def decide(audio: Audio, settings: TurnSettings | None = None, chunk: int = 700) -> list[TurnEvent]:
    """Give the beginnings and the ends of turns."""
    return [e for e in every(audio, settings, chunk) if isinstance(e, (Began, Ended))]


def every(audio: Audio, settings: TurnSettings | None = None, chunk: int = 700) -> list[TurnEvent]:
    turns, events = Turns(LevelVAD(), settings or TurnSettings()), list[TurnEvent]()
    for at in range(0, len(audio.samples), chunk):
        events += turns.feed(Audio(audio.samples[at : at + chunk], RATE, at / RATE))
    return events + list(turns.flush())


def test_a_turn_begins_and_ends() -> None:
    began, ended = decide(frames((1.0, 0.0), (1.0, 0.9), (1.0, 0.0)))
    assert isinstance(began, Began)
    assert began.at == pytest.approx(1.0, abs=0.033)
    assert isinstance(ended, Ended)
    assert ended.speech_end == pytest.approx(2.0, abs=0.033)
    assert ended.decided - ended.speech_end == pytest.approx(0.6, abs=0.033)


def test_speech_over_an_answer_is_judged_after_a_whole_syllable_of_silence() -> None:
    def paused(careful: bool) -> float:
        turns, at = Turns(LevelVAD(), TurnSettings(pause=0.1)), 0.0
        audio = frames((1.0, 0.0), (1.0, 0.9), (0.5, 0.0))
        for begin in range(0, len(audio.samples), FRAME):
            turns.careful = careful
            for event in turns.feed(Audio(audio.samples[begin : begin + FRAME], RATE, begin / RATE)):
                at = begin / RATE if isinstance(event, Paused) else at
        return at

    assert paused(careful=True) - paused(careful=False) == pytest.approx(0.1, abs=0.033)


def test_complaint_9_the_pre_roll_keeps_half_a_second_before_the_first_word() -> None:
    ended = decide(frames((2.0, 0.0), (1.0, 0.9), (1.0, 0.0)))[-1]
    assert isinstance(ended, Ended)
    speech = int(np.argmax(ended.audio.samples > 0.5))
    assert speech / RATE >= 0.5
    assert ended.audio.start == pytest.approx(1.97 - 0.5, abs=0.07)


def test_complaint_9_speech_from_the_very_first_frame_is_whole() -> None:
    ended = decide(frames((1.0, 0.9), (1.0, 0.0)))[-1]
    assert isinstance(ended, Ended)
    assert int((ended.audio.samples > 0.5).sum()) == round(1.0 * SECOND) * FRAME


def test_complaint_7_the_silence_is_counted_from_the_last_speech_frame() -> None:
    pauses = frames((1.0, 0.9), (0.5, 0.0), (0.1, 0.9), (0.5, 0.0), (0.1, 0.9), (0.8, 0.0))
    events = decide(pauses)
    assert [type(e) for e in events] == [Began, Ended]
    assert isinstance(events[1], Ended)
    assert events[1].speech_end == pytest.approx(2.2, abs=0.1)


def test_complaint_8_a_turn_that_never_falls_silent_ends_at_the_maximum() -> None:
    events = decide(frames((7.0, 0.9)), TurnSettings(max_turn=3.0))
    assert [type(e) for e in events] == [Began, Ended] * 2 + [Began, Ended]
    assert all(e.audio.seconds <= 3.6 for e in events if isinstance(e, Ended))


def in_a_hum(*spans: tuple[float, float], hum: float = 0.2) -> Audio:
    """Lay a steady hum under spans of (seconds, level), for a detector that takes everything for speech."""
    loud = np.concatenate([np.full((round(s * SECOND), FRAME), max(level, hum), np.float32) for s, level in spans])
    loud[31::32] *= 0.9
    loud[:, 0] = 0.9
    return Audio(loud.ravel(), RATE)


def test_complaint_8_a_hum_that_the_detector_takes_for_speech_ends_the_turn_all_the_same() -> None:
    audio = in_a_hum((4.0, 0.0), (1.5, 0.6), (4.0, 0.0), (1.5, 0.6), (3.0, 0.0))
    deaf = every(audio, TurnSettings(above_noise=0))
    assert [type(e) for e in deaf if isinstance(e, (Began, Ended))] == [Began, Ended]
    assert len([e for e in deaf if isinstance(e, Paused)]) == 0, "without the floor it is one turn to the very end"
    ends = [e for e in decide(audio, TurnSettings()) if isinstance(e, Ended)]
    assert [round(e.speech_end, 1) for e in ends[-2:]] == [5.5, 11.0]


def test_complaint_9_loud_speech_from_the_first_frame_is_not_taken_for_the_rooms_noise() -> None:
    loud = in_a_hum((2.5, 0.6), (1.0, 0.0))
    (began, *_) = decide(loud)
    assert isinstance(began, Began)
    assert began.at == 0.0


def test_a_click_is_no_turn() -> None:
    assert decide(frames((1.0, 0.0), (0.1, 0.9), (1.0, 0.0), (0.1, 0.9), (1.0, 0.0))) == []


def test_within_a_turn_a_softer_frame_still_counts() -> None:
    soft = frames((0.5, 0.9), (0.7, 0.4), (0.5, 0.9), (1.0, 0.0))
    assert len(decide(soft)) == 2


def test_the_end_of_the_stream_ends_the_turn() -> None:
    assert [type(e) for e in decide(frames((1.0, 0.9)))] == [Began, Ended]


def test_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="16000 Hz"):
        list(Turns(LevelVAD()).feed(Audio(np.zeros(10, np.float32), 44100)))


def test_after_a_reset_the_clock_is_the_microphones() -> None:
    turns = Turns(LevelVAD())
    assert list(turns.feed(frames((1.0, 0.9))))
    turns.reset()
    later = frames((1.0, 0.9))
    (began, *_) = turns.feed(Audio(later.samples, RATE, start=10.0))
    assert isinstance(began, Began)
    assert began.at == 10.0


@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from([0.0, 0.45, 0.9])), max_size=12), st.integers(50, 5000))
def test_any_chunking_decides_the_same_and_loses_no_speech(spans: list[tuple[int, float]], chunk: int) -> None:
    audio = frames(*((n / SECOND, p) for n, p in spans)) if spans else Audio(np.zeros(0, np.float32), RATE)
    whole, chunked = decide(audio, chunk=max(1, len(audio.samples))), decide(audio, chunk=chunk)
    assert [(type(e), getattr(e, "at", 0), getattr(e, "speech_end", 0)) for e in whole] == [
        (type(e), getattr(e, "at", 0), getattr(e, "speech_end", 0)) for e in chunked
    ]
    kinds = [type(e) for e in whole]
    assert kinds == [Began, Ended] * (len(kinds) // 2)


def test_a_pause_is_told_before_the_end_and_taken_back() -> None:
    events = every(frames((1.0, 0.9), (0.4, 0.0), (1.0, 0.9), (1.0, 0.0)), TurnSettings(insist=0.5))
    assert [type(e) for e in events if not isinstance(e, Grew)] == [Began, Insisted, Paused, Resumed, Paused, Ended]
    first, second = (e for e in events if isinstance(e, Paused))
    assert second.audio.seconds > first.audio.seconds + 1.0


@pytest.mark.parametrize(("finished", "silence"), [(True, 0.4), (False, 1.2), (None, 0.6)])
def test_complaint_6_a_hint_ends_a_turn_sooner_or_later(finished: bool | None, silence: float) -> None:
    turns = Turns(LevelVAD())
    for frame in range(200):
        sound = frames((0.032, 0.9 if frame < 32 else 0.0))
        for event in turns.feed(Audio(sound.samples, RATE, frame * FRAME / RATE)):
            if isinstance(event, Paused):
                turns.expect(finished)
            if isinstance(event, Ended):
                assert event.decided - event.speech_end == pytest.approx(silence, abs=0.04)
                return
    raise AssertionError("the turn did not end")


def test_a_hint_holds_for_one_pause_only() -> None:
    turns = Turns(LevelVAD())
    ended = list[Ended]()
    for event in turns.feed(frames((1.0, 0.9), (0.3, 0.0))):
        if isinstance(event, Paused):
            turns.expect(False)
    ended += [e for e in turns.feed(frames((1.0, 0.9), (0.7, 0.0))) if isinstance(e, Ended)]
    assert len(ended) == 1


def test_a_turn_tells_that_it_has_grown() -> None:
    events = every(frames((3.3, 0.9), (1.0, 0.0)), TurnSettings(partial=1.0))
    grown = [e.audio.seconds for e in events if isinstance(e, Grew) and not e.dip]
    assert grown == pytest.approx([1.0, 2.5], abs=0.15)
    assert not [e for e in every(frames((3.3, 0.9), (1.0, 0.0)), TurnSettings(partial=0)) if isinstance(e, Grew)]


def test_the_first_silent_frame_of_a_dip_is_told_unless_a_syllable_ago_it_was() -> None:
    dip = 1 / SECOND
    audio = frames((1.0, 0.9), (dip, 0.0), (0.1, 0.9), (dip, 0.0), (0.5, 0.9), (1.0, 0.0))
    told = [e for e in every(audio, TurnSettings(partial=5.0)) if isinstance(e, Grew)]
    assert [e.audio.seconds for e in told] == pytest.approx([1.0 + dip, 1.6 + 3 * dip], abs=0.07)
    assert all(e.dip for e in told)


def test_a_pause_says_how_much_of_it_was_speech() -> None:
    (pause,) = (e for e in every(frames((1.0, 0.9), (1.0, 0.0))) if isinstance(e, Paused))
    assert pause.said == pytest.approx(1.0, abs=0.033)
    assert pause.audio.seconds == pytest.approx(pause.said + 0.096, abs=0.001)


def test_over_an_answer_no_dip_is_told_and_all_of_the_pause_must_be_heard() -> None:
    turns, events = Turns(LevelVAD()), list[TurnEvent]()
    audio = frames((1.0, 0.9), (0.4, 0.0))
    for begin in range(0, len(audio.samples), FRAME):
        turns.careful = True
        events += turns.feed(Audio(audio.samples[begin : begin + FRAME], RATE, begin / RATE))
    assert [type(e) for e in events if not isinstance(e, (Insisted, Grew))] == [Began, Paused]
    assert not any(e.dip for e in events if isinstance(e, Grew))
    assert all(e.said == e.audio.seconds for e in events if isinstance(e, Paused))
