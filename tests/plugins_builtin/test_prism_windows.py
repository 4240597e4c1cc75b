"""Where a recording is cut: speech with the sound around it, in windows that are few and even."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.prism.windows import RATE, Window, packed, padded


def test_windows_are_few_even_and_an_even_number() -> None:
    """The quiet between neighbours is kept; no short one is left for the end; what is too long is a window alone."""
    parts = [Window(0, 4), Window(6, 10), Window(11, 15), Window(40, 45), Window(46, 50)]
    assert packed(parts, 12) == [Window(0, 4), Window(6, 15), Window(40, 45), Window(46, 50)]
    assert packed(parts, 15) == [Window(0, 15), Window(40, 50)]
    assert packed(parts[:3], 15) == [Window(0, 15)]
    sentences = [Window(at, at + 9, ((at + 1, at + 8),)) for at in range(0, 110, 10)]
    assert [window.end - window.start for window in packed(sentences, 69)] == [49, 59]
    assert packed(sentences, 69)[0].speech == tuple((at + 1, at + 8) for at in range(0, 50, 10))
    assert [window.end - window.start for window in packed(sentences, 49)] == [19, 29, 29, 29]
    assert packed([Window(0, 50), Window(50, 55)], 12) == [Window(0, 50), Window(50, 55)]
    assert packed([Window(0, 5), Window(50, 55), Window(90, 95)], 12) == [Window(0, 5), Window(50, 55), Window(90, 95)]
    assert packed([], 12) == []


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), max_size=20), st.integers(9, 40))
def test_windows_hold_all_that_is_said(gaps: list[tuple[int, int]], longest: int) -> None:
    """None is longer than asked, and at most one more is there than has to be."""
    parts, at = list[Window](), 0
    for length, quiet in gaps:
        parts.append(Window(at + quiet, at + quiet + length, ((at + quiet, at + quiet + length),)))
        at += quiet + length
    found = packed(parts, longest)
    assert [spoken for window in found for spoken in window.speech] == [part.speech[0] for part in parts]
    assert all(window.end - window.start <= longest for window in found)
    assert len(found) in (fewest := _fewest(parts, longest), fewest + 1)
    assert len(found) % 2 == 0 or len(found) in (1, len(parts))


def _fewest(parts: list[Window], longest: int) -> int:
    count, start = 0, -longest - 1
    for part in parts:
        if part.end - start > longest:
            count, start = count + 1, part.start
    return count


def test_sound_around_speech_is_shared_with_the_neighbour() -> None:
    """400 ms where there is as much, half of what is between two otherwise, nothing outside the recording."""
    found = padded([(1600, 16_000), (19_200, 32_000), (80_000, 95_000)], 96_000)
    assert [(window.start, window.end) for window in found] == [(0, 17_600), (17_600, 38_400), (73_600, 96_000)]


def test_a_window_is_halved_in_its_longest_pause() -> None:
    """Each half knows its speech; without a pause there are none."""
    window = Window(0, 100, ((5, 20), (22, 50), (60, 90)))
    assert window.halves() == (Window(0, 55, ((5, 20), (22, 50))), Window(55, 100, ((60, 90),)))
    assert Window(0, 100, ((5, 90),)).halves() == ()


def test_speech_between_two_times() -> None:
    """Only what is inside both; in seconds of the window."""
    window = Window(RATE, 5 * RATE, ((2 * RATE, 3 * RATE), (4 * RATE, 5 * RATE)))
    assert window.voiced(0, 4) == 2.0
    assert window.voiced(1.5, 3.5) == 1.0
