"""How long a sound file says it is, without decoding it."""

from __future__ import annotations

from pathlib import Path

from swv6.audio.decode import decode
from swv6.errors import Swv6Error


def promised(path: Path) -> float | None:
    """Give the seconds that a file's decoder expects; None when it is no sound, or nobody knows before its end."""
    try:
        decoded = decode(path)
    except (Swv6Error, OSError):
        return None
    return decoded.seconds if decoded else None
