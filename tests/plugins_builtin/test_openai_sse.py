"""Server-sent events, cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins_builtin.openai_http.sse import LONGEST, Events


def parsed(pieces: list[bytes]) -> list[str]:
    events = Events()
    return [*(data for piece in pieces for data in events.feed(piece)), *events.end()]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_comments_other_fields_and_many_lines(newline: str) -> None:
    text = ": a comment\nevent: x\nid: 1\ndata: one\ndata:two\n\n\n:ping\n\ndata: trois, été\n\n"
    assert parsed([text.replace("\n", newline).encode()]) == ["one\ntwo", "trois, été"]


def test_a_byte_order_mark_is_no_text() -> None:
    assert parsed([b"\xef\xbb\xbfdata: a\n\n"]) == ["a"]


def test_the_last_event_needs_no_empty_line() -> None:
    assert parsed([b"data: a\n\ndata: [DONE]"]) == ["a", "[DONE]"]


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1), min_size=1),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.data(),
)
def test_where_it_is_cut_does_not_matter(texts: list[str], newline: str, draw: st.DataObject) -> None:
    whole = "".join(f"data: {text}{newline}{newline}" for text in texts).encode()
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(whole)), max_size=8)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert parsed(pieces) == texts


@pytest.mark.parametrize("piece", [b"x" * 1000, b"data: " + b"x" * 1000 + b"\n"])
def test_an_event_without_end_is_refused(piece: bytes) -> None:
    with pytest.raises(ValueError, match="event"):
        parsed([piece] * (LONGEST // 1000 + 2))
