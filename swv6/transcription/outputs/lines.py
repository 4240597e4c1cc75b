"""The pieces of one subtitle -> its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from swv6.transcription.outputs.layout import Layout
from swv6.transcription.outputs.tokens import Token

UNEVEN = 1.0
"""What each character costs by which a line is shorter than the one below it; half as much by which it is longer."""


def count(tokens: Sequence[Token], width: int) -> int:
    """Count the lines that tokens take, each filled as far as it goes."""
    lines, room = 0, 0
    for token in tokens:
        if lines and len(token.text) + 1 <= room:
            room -= len(token.text) + 1
        else:
            lines, room = lines + 1, width - len(token.text)
    return lines


def breaks(tokens: Sequence[Token], layout: Layout) -> tuple[float, tuple[int, ...]]:
    """Find the best places to break tokens into the fewest lines: what they cost, and after which token each line ends.

    Dynamic programming over where a line ends, from the last line up.
    """
    width, size = layout.max_line_width, len(tokens)
    ends = [0, *accumulate(len(token.text) + 1 for token in tokens)]
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{size: (0.0, ())}]
    for _ in range(count(tokens, width)):
        found = dict[int, tuple[float, tuple[int, ...]]]()
        for end, (rest, after) in best[-1].items():
            for begin in range(end - 1, -1, -1):
                if begin < end - 1 and ends[end] - ends[begin] - 1 > width:
                    break
                cost = rest + _cost(tokens, ends, begin, (end, *after))
                if begin not in found or cost < found[begin][0]:
                    found[begin] = (cost, (end, *after))
        best.append(found)
    return best[-1].get(0, (0.0, (size,)))


def broken(tokens: Sequence[Token], layout: Layout) -> tuple[str, ...]:
    """Break tokens into the fewest lines, at the best places, evenly."""
    places = (0, *breaks(tokens, layout)[1])
    return tuple(" ".join(token.text for token in tokens[begin:end]) for begin, end in pairwise(places))


def _cost(tokens: Sequence[Token], ends: Sequence[int], begin: int, after: tuple[int, ...]) -> float:
    """Weigh the break at the end of a line against the line below it."""
    if len(after) < 2:
        return 0.0
    lower = ends[after[1]] - ends[after[0]]
    upper = ends[after[0]] - ends[begin]
    uneven = UNEVEN * (lower - upper if lower > upper else (upper - lower) / 2)
    return tokens[after[0] - 1].joint + uneven
