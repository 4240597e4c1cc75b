"""Nodes over nodes."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from swv6.profiles.merge import inherited, merge, with_chains
from swv6.profiles.nodes import Node, Place, parse, plain

VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.none(), st.sampled_from(["x", "25 ms"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abcd"), inner, max_size=3)),
    max_leaves=12,
)
MAPS = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


def node(value: Any) -> Node:
    parsed = parse(json.dumps(value), Place("f", 1), [])
    assert parsed is not None
    return parsed


def test_maps_merge_and_lists_replace() -> None:
    under, over = {"a": {"x": 1, "y": 2}, "l": [1, 2]}, {"a": {"y": 3}, "l": [9]}
    assert plain(merge(node(under), node(over))) == {"a": {"x": 1, "y": 3}, "l": [9]}


def test_null_replaces_a_map() -> None:
    assert plain(merge(node({"gpu": {"name": "x"}}), node({"gpu": None}))) == {"gpu": None}


@given(MAPS)
def test_an_empty_profile_changes_nothing(under: dict[str, Any]) -> None:
    assert plain(merge(node(under), node({}))) == under


@given(MAPS, MAPS)
def test_what_the_child_says_holds_and_the_rest_is_inherited(under: dict[str, Any], over: dict[str, Any]) -> None:
    merged = plain(merge(node(under), node(over)))
    assert set(merged) == set(under) | set(over)
    for key, value in merged.items():
        if key not in over:
            assert value == under[key]
        elif not isinstance(over[key], dict) or not isinstance(under.get(key), dict):
            assert value == over[key]


@given(MAPS)
def test_merging_a_profile_on_itself_changes_nothing(value: dict[str, Any]) -> None:
    assert plain(merge(node(value), node(value))) == value


def test_chains_are_lists_of_one_key_whatever_the_way_they_are_written() -> None:
    written = {"tts": ["a", {"b": None}, {"c": {"x": 1}}], "stt": "d", "llm": {"e": {"y": 2}}, "listeners": None}
    expected = {"tts": [{"a": {}}, {"b": {}}, {"c": {"x": 1}}], "stt": [{"d": {}}], "llm": [{"e": {"y": 2}}]}
    once = with_chains(node(written))
    assert plain(once) == {**expected, "listeners": []}
    assert with_chains(once) == once


def test_a_chain_of_one_replaces_a_chain_of_one() -> None:
    under, over = with_chains(node({"speaker": {"a": {"x": 1}}})), with_chains(node({"speaker": {"b": {}}}))
    assert plain(merge(under, over)) == {"speaker": [{"b": {}}]}


def test_a_summary_is_not_inherited() -> None:
    assert plain(inherited(node({"summary": "s", "extends": "e", "language": "fr"}))) == {"language": "fr"}
