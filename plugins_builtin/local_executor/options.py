"""What may be said about work on this machine."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options


class LocalOptions(Options):
    """Options of local."""

    workers: int = Field(default=0, ge=0, le=64)
    """Requests answered at the same time; 0 leaves it to the recogniser."""
