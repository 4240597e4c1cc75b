"""A plugin's border: whatever an engine raises becomes one of the documented errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from swv6.errors import BackendError, Swv6Error


@contextmanager
def border(what: str, error: type[Swv6Error] = BackendError, hint: str = "") -> Iterator[None]:
    """Raise `error` with `what` and the engine's own words, caused by its exception; documented errors pass through."""
    try:
        yield
    except Swv6Error:
        raise
    except Exception as problem:  # a plugin's border: an engine may raise anything
        words = str(problem).strip().splitlines()
        raise error(f"{what}: {words[0] if words else type(problem).__name__}", hint) from problem
