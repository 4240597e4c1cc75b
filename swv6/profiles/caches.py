"""Which answers a profile keeps, how many of them, and for how long."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins.options import Size
from swv6.profiles.frozen import Frozen, PositiveSeconds


class Limits(Frozen):
    """How much a cache keeps, and for how long."""

    max_bytes: Annotated[Size, Field(gt=0)]
    """Bytes."""
    ttl: PositiveSeconds
    """Seconds an answer stays good."""


class OnDisk(Frozen):
    """Which answers outlive the program; null means none."""

    stt: Limits | None = None
    """Transcripts of sound files (`swv6 transcribe`); what is said in a conversation is never kept."""
    tts: Limits | None = None
    """Sound of the clauses that were spoken."""


class Caches(Frozen):
    """Which answers are kept; null means none."""

    stt: Limits | None = None
    """Transcripts of the same sound, in memory."""
    tts: Limits | None = None
    """Sound of the same clause, in memory."""
    disk: OnDisk | None = None
    """Answers kept for the next time, in the user's cache folder (`swv6 cache show`); null keeps none."""
