"""Which graphics cards get a copy of the model, and in which compute type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins_builtin.prism.compute import BEST, choose

SHARE = {"float32": 2.0, "float16": 1.0, "bfloat16": 1.0, "int16": 1.0}
"""Memory of the weights by the size of model.bin, which holds half floats; half of it for the int8 types."""
WORKING, EACH, CONTEXT = 0.28, 0.075, 300_000_000
"""Working memory: shares of model.bin, once and for each window of a batch, and CUDA's own bytes. Fitted to the table
in faster-whisper's README (large-v2: 4.5 GB in float16, 2.9 in int8, 6.1 and 4.5 with eight windows at once)."""


@dataclass(frozen=True, slots=True)
class Card:
    """One CUDA device."""

    types: frozenset[str]
    """Compute types that it supports."""
    free: int | None = None
    """Bytes; None where nobody knows, which counts as enough."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be put on cards."""

    size: int
    """Bytes of model.bin."""
    batch: int
    """Windows that go through the model together."""
    wanted: str = "auto"
    """Compute type."""
    copies: int = 16
    """At most."""

    def need(self, kind: str) -> int:
        """Give the bytes that one copy takes on its card."""
        return round(self.size * (SHARE.get(kind, 0.5) + WORKING + EACH * self.batch)) + CONTEXT


@dataclass(frozen=True, slots=True)
class Placing:
    """Where copies go."""

    devices: tuple[int, ...]
    """None: no card has room."""
    kind: str
    left_out: tuple[int, ...] = ()
    """Devices without room."""


def place(load: Load, cards: Mapping[int, Card]) -> Placing:
    """Take the best type that some card supports and has room for, and all the cards that have room for it.

    A type that was asked for, or the nearest to it, is kept: then only the room counts.
    """
    for kind in _kinds(load, cards.values()):
        room = [index for index, card in cards.items() if kind in card.types and _fits(load, kind, card)]
        if room:
            taken = tuple(room[: load.copies])
            return Placing(taken, kind, tuple(index for index in cards if index not in room))
    return Placing((), load.wanted, tuple(cards))


def _kinds(load: Load, cards: Iterable[Card]) -> list[str]:
    known = frozenset[str]().union(*(card.types for card in cards))
    if load.wanted == "auto":
        return [kind for kind in BEST["cuda"] if kind in known]
    return [choose(load.wanted, "cuda", known)]


def _fits(load: Load, kind: str, card: Card) -> bool:
    return card.free is None or card.free >= load.need(kind)
