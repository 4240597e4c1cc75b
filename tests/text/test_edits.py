from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from swv6.text.edits import Edit, Finder, changed, edited, located
from swv6.types import Segment, Transcript, Word


def said(*segments: str) -> Transcript:
    """Say each word in a second, segments right after each other."""
    made, at = list[Segment](), 0.0
    for text in segments:
        words = [Word(w, at + n, at + n + 1, 0.9 - n / 10) for n, w in enumerate(text.split())]
        made.append(Segment(text, at, at + len(words), 0.9, tuple(words)))
        at += len(words)
    return Transcript(" ".join(segments), tuple(made), "fr", 0.9)


def swap(old: str, new: str) -> Finder:
    def find(text: str) -> Iterator[Edit]:
        at = text.find(old)
        while at >= 0:
            yield Edit(at, at + len(old), new)
            at = text.find(old, at + len(old))

    return find


def test_words_that_become_one_keep_the_first_start_and_the_last_end() -> None:
    done, count = edited(said("avec faster whisper, oui"), swap("faster whisper", "faster-whisper"))
    assert count == 1
    assert done.text == "avec faster-whisper, oui"
    words = done.segments[0].words
    assert [(w.text, w.start, w.end) for w in words] == [("avec", 0, 1), ("faster-whisper,", 1, 3), ("oui", 3, 4)]
    assert words[1].confidence == 0.9 - 0.2


def test_as_many_words_keep_their_times() -> None:
    done, _ = edited(said("une rtx 3090."), swap("rtx 3090", "RTX 3090"))
    assert [(w.text, w.start, w.end) for w in done.segments[0].words] == [("une", 0, 1), ("RTX", 1, 2), ("3090.", 2, 3)]


def test_a_term_over_two_segments_makes_them_one() -> None:
    done, _ = edited(said("il y a faster", "whisper ici", "fin"), swap("faster whisper", "faster-whisper"))
    assert [(s.text, s.start, s.end) for s in done.segments] == [("il y a faster-whisper ici", 0, 6), ("fin", 6, 7)]
    assert [w.text for w in done.segments[0].words] == ["il", "y", "a", "faster-whisper", "ici"]
    assert done.segments[0].words[3].end == 5


def test_a_segment_of_which_nothing_is_left_goes() -> None:
    done, _ = edited(said("oui", "non"), swap("non", ""))
    assert [s.text for s in done.segments] == ["oui"]


def test_a_text_that_differs_from_its_segments_is_changed_as_well() -> None:
    heard = Transcript("un  deux", (Segment("un", 0, 1, 1.0), Segment("deux", 1, 2, 1.0)))
    done, _ = edited(heard, swap("deux", "2"))
    assert (done.text, done.segments[1].text) == ("un  2", "2")


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), min_size=1, max_size=5), st.data())
def test_segments_and_words_say_what_the_text_says(parts: list[list[str]], data: st.DataObject) -> None:
    heard = said(*(" ".join(words) for words in parts))
    words = list(re.finditer(r"\S+", heard.text))
    bounds = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=6)))
    spans = [(words[a].start(), words[b - 1].end()) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    edits = [Edit(a, b, data.draw(st.sampled_from(["x", "y z", "X-Y"]))) for a, b in spans]
    done, _ = edited(heard, lambda text: edits if text == heard.text else [])
    assert done.text == changed(heard.text, edits)
    assert " ".join(s.text for s in done.segments).split() == done.text.split()
    for segment in done.segments:
        assert located(segment.words, segment.text) is not None
        assert "".join(w.text for w in segment.words).replace(" ", "") == segment.text.replace(" ", "")
        assert all(a.end <= b.start for a, b in zip(segment.words, segment.words[1:], strict=False))
