from __future__ import annotations

from swv6.text.uncertain import marked, uncertain
from swv6.types import Segment, Transcript, Word

WORDS = (Word("il", 0, 0.2, 0.9), Word("est", 0.2, 0.4, 0.49), Word("là.", 0.4, 1, 0.2))
SURE = Segment("il est là.", 0, 1, 0.3, WORDS)
BARE = Segment("peut-être", 1, 2, 0.4)


def test_words_under_the_threshold_are_marked() -> None:
    assert marked(SURE) == "il est[?] là.[?]"
    assert marked(SURE, 0.3, " (?)") == "il est là. (?)"
    assert marked(BARE) == "peut-être[?]"


def test_a_mark_by_itself_is_no_word() -> None:
    """Whisper gives French ones apart from the word: "Bonjour à tous ![?]"."""
    asked = Segment(
        "Ça va\u202f?", 0, 1, 0.9, (Word("Ça", 0, 0.2, 0.9), Word("va", 0.2, 0.4, 0.9), Word("?", 0.4, 1, 0.1))
    )
    assert marked(asked) == asked.text
    assert uncertain(Transcript("", (asked,))) == ()


def test_they_are_given_in_order() -> None:
    assert [w.text for w in uncertain(Transcript("", (SURE, BARE)))] == ["est", "là.", "peut-être"]
    assert uncertain(Transcript("", (SURE,)), 0.1) == ()
