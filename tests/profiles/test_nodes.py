"""YAML -> nodes: scalars as editors read them, places, mistakes of the syntax."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.profiles.nodes import Node, Place, Problem, parse, plain, read

HERE = Place("f.yaml", 1)


def good(text: str) -> Node:
    problems: list[Problem] = []
    node = parse(text, HERE, problems)
    assert node is not None
    assert not problems
    return node


def bad(text: str) -> list[str]:
    problems: list[Problem] = []
    parse(text, HERE, problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("1:30", "1:30"),
        ("2024-01-01", "2024-01-01"),
        ("25 ms", "25 ms"),
        ("017", "017"),
        ("true", True),
        ("1e3", 1000.0),
        ("-7", -7),
        ("0x10", 16),
        (".5", 0.5),
        ("~", None),
        ("", None),
        ("'7'", "7"),
    ],
)
def test_scalars_are_what_an_editor_shows(written: str, value: object) -> None:
    read_back = plain(good(f"k: {written}"))["k"]
    assert read_back == value
    assert type(read_back) is type(value)


def test_a_value_remembers_the_line_of_its_key_and_an_item_its_own() -> None:
    root = good("a:\n  b:\n    1\nc:\n  - x\n  - y: 2\n").value
    assert isinstance(root, dict)
    b, c = root["a"].value, root["c"].value
    assert isinstance(b, dict)
    assert isinstance(c, list)
    assert [root["a"].place.line, b["b"].place.line, root["c"].place.line] == [1, 2, 4]
    assert [item.place.line for item in c] == [5, 6]


def test_every_line_that_is_indented_with_a_tab_is_named() -> None:
    found = bad("turns:\n\tsilence: 1 s\n\tpre_roll: 1 s\n")
    assert found == [f"f.yaml:{n}: found a tab, expected spaces: YAML is indented with spaces only" for n in (2, 3)]


def test_a_key_written_twice() -> None:
    assert bad("a: 1\nb: 2\na: 3\n") == ["f.yaml:3: a: found twice, first in line 1"]


def test_anchors_and_merge_keys_work_and_are_no_duplicates() -> None:
    assert plain(good("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n")) == {"x": {"a": 1, "b": 2}, "y": {"a": 1, "b": 3}}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: [1\nb: 2\n", 2, "expected ',' or ']'"),
        ("a: 1\n---\nb: 1\n", 2, "but found another document"),
        ("a: &x [*x]\n", 1, "alias"),
        ("a: !!int abc\n", 1, "a: found no usable int"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "could not determine a constructor"),
        ("a: !!binary aGk=\n", 1, "a: found no usable binary"),
        ("a: 1\n[1, 2]: x\n", 2, "found a key that is not text"),
        ("a: 1\nb: \x00\n", 2, "special characters are not allowed"),
        ("[" * 5000, 1, "nested too deep"),
    ],
)
def test_bad_syntax_has_a_line(text: str, line: int, says: str) -> None:
    found = bad(text)
    assert found[0].startswith(f"f.yaml:{line}: ")
    assert says in found[0]


def test_a_file_that_is_not_utf8_and_one_that_is_not_there(tmp_path: Path) -> None:
    latin, problems = tmp_path / "latin.yaml", list[Problem]()
    latin.write_bytes("a: 1\nb: é\n".encode("cp1252"))
    assert read(latin, problems) is None
    assert read(tmp_path / "none.yaml", problems) is None
    assert [p.place.line for p in problems] == [2, 0]
    assert "not UTF-8" in problems[0].text
    assert "cannot be read" in problems[1].text


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "notepad.yaml"
    path.write_bytes("a: 1\r\n".encode("utf-8-sig"))
    node = read(path, [])
    assert node is not None
    assert plain(node) == {"a": 1}


@given(st.text(alphabet=st.one_of(st.sampled_from(" \t\n:-[]{}&*!|>'\"%@`,#?a0<."), st.characters(codec="utf-8"))))
def test_any_text_is_values_or_problems_with_a_line_of_the_text(text: str) -> None:
    problems: list[Problem] = []
    node = parse(text, HERE, problems)
    assert (node is None) <= bool(problems)
    lines = len(text.splitlines()) + 1
    assert all(1 <= problem.place.line <= lines for problem in problems)
