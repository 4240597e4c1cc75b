"""What a profile may say about silent."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options


class SilentOptions(Options):
    """Options of silent."""

    rate: int = Field(default=24_000, ge=8_000, le=192_000)
    """Hz."""
