"""Settings of turns that are right each by itself, and cannot be right together."""

from __future__ import annotations

from swv6.profiles.nodes import Node, Place, Problem
from swv6.profiles.turns import Turns

ORDER = (
    ("pause", "silence", "the answer is prepared in the pause before the turn ends"),
    ("finished", "silence", "a finished sentence waits no longer than one that nobody knows about"),
    ("silence", "unfinished", "words that ask for more wait longest"),
    ("unfinished", "max_turn", "no silence is longer than the longest turn"),
    ("min_speech", "max_turn", "no turn would ever begin"),
    ("insist", "max_turn", "speech over an answer would never be judged"),
    ("hysteresis", "threshold", "every frame of a turn would count as speech"),
)
"""What must not be greater than what, and why."""
PRE_ROLL = 0.5
"""Seconds before the first speech frame that a turn needs: with less, soft first sounds are lost (facts-audio.md)."""


def contradictions(turns: Turns, root: Node) -> list[Problem]:
    """Give one problem for each pair of values that contradict each other, at the line of one that was written."""
    written = root.value.get("turns") if isinstance(root.value, dict) else None
    keys = written.value if written and isinstance(written.value, dict) else {}
    places = {key: node.place for key, node in keys.items()}
    found = [_wrong(turns, places, *pair) for pair in ORDER if getattr(turns, pair[0]) > getattr(turns, pair[1])]
    if turns.pre_roll < PRE_ROLL and "pre_roll" in places:
        text = f"found {turns.pre_roll:g}, expected at least {PRE_ROLL:g}: with less, the first word may be lost"
        found.append(Problem(places["pre_roll"], "turns.pre_roll", text))
    return found


def _wrong(turns: Turns, places: dict[str, Place], low: str, high: str, why: str) -> Problem:
    """Blame the one that was written, rather the smaller; each could be changed."""
    key, other, limit = (low, high, "at most") if low in places or high not in places else (high, low, "at least")
    value, bound = getattr(turns, key), getattr(turns, other)
    text = f"found {value:g} while turns.{other} is {bound:g}, expected {limit} that (change either): {why}"
    return Problem(places.get(key, Place("turns")), f"turns.{key}", text)
