"""Telling a refusal from an answer, and asking the next model instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from importlib.resources import files
from typing import TypeVar

from swv6.errors import BackendError
from swv6.stages.streams import owned
from swv6.types import Stage

R = TypeVar("R")


class Refused(BackendError):
    """A model said that it would not answer."""


@cache
def openings(but: str = "") -> tuple[str, ...]:
    """Read how refusals begin, folded; those of the language `but` are left out."""
    lines = (files("swv6.stages.answers") / "refusals.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(folded(opening) for language, opening in pairs if language != but)


def folded(text: str) -> str:
    """Drop what differs between two ways of writing the same words."""
    plain = text.casefold().replace("’", "'").replace(",", " ").replace(".", " ").replace("!", " ")
    return " ".join(plain.split())


def unless_refused(stage: Stage[R, str], but: str = "") -> Stage[R, str]:
    """Raise Refused instead of giving a refusal; what may begin one is held back until it is known.

    A refusal in the language `but` is an answer: where no other model is left, it says more than an apology.
    """
    known = openings(but.partition("-")[0])

    async def run(request: R, /) -> AsyncIterator[str]:
        held, doubtful = "", True
        async with owned(stage(request)) as deltas:
            async for delta in deltas:
                if not doubtful:
                    yield delta
                    continue
                held += delta
                said = folded(held)
                if any(said.startswith(opening) for opening in known):
                    raise Refused(f"refused to answer: {held.strip()[:60]!r}")
                doubtful = any(opening.startswith(said) for opening in known)
                if not doubtful:
                    yield held
        if doubtful and held:
            yield held

    return run
