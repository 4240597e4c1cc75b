"""What a profile may say about silent."""

from __future__ import annotations

from pydantic import Field

from swv6.plugins import Options


class SilentOptions(Options):
    """Options of silent."""

    rate: int = Field(default=24_000, ge=8_000, le=192_000)
    """Hz."""
    characters_per_second: float = Field(default=18.0, gt=0)
    """How fast it would speak. Measured, spaces counted: Kokoro's ff_siwis 18.2 on 16 French sentences (15 to 21),
    Piper's joe 19.0 on English ones."""
