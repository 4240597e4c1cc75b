"""Open an offer the way the product does, with options as a profile writes them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from swv6.plugins import Backend

S = TypeVar("S")


@asynccontextmanager
async def opened(backend: Backend[S], options: Mapping[str, Any]) -> AsyncIterator[S]:
    """Validate `options`, open `backend`, close it afterwards; raises what opening raises."""
    chosen = backend.options_model().model_validate(dict(options))
    backend.check(chosen)
    async with backend.opener()(chosen) as thing:
        yield thing
