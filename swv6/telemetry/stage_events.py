"""What backends do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StageBegan:
    """A backend was asked."""

    kind: str
    """`stt`, `llm` or `tts`."""
    backend: str


@dataclass(frozen=True, slots=True)
class StageFirst:
    """A backend gave the first item of its answer."""

    kind: str
    backend: str
    after: float
    """Seconds since it was asked."""


@dataclass(frozen=True, slots=True)
class StageEnded:
    """A stage's stream ended: whole, failed or cancelled."""

    kind: str
    """`stt`, `llm` or `tts`."""
    backend: str
    first: float | None
    """Seconds to the first item; None when there was none."""
    total: float
    """Seconds."""
    outcome: str
    """`ok`, `failed` or `cancelled`."""


@dataclass(frozen=True, slots=True)
class FellBack:
    """A backend was passed over."""

    kind: str
    backend: str
    reason: str
    """One line."""
    skipped: bool = False
    """True when it was not even tried, because its breaker is open."""


@dataclass(frozen=True, slots=True)
class CacheUsed:
    """A cache was asked."""

    kind: str
    backend: str
    hit: bool


@dataclass(frozen=True, slots=True)
class BreakerChanged:
    """A backend that keeps failing is left alone, is tried again, or is well."""

    kind: str
    backend: str
    state: str
    """`open`, `half-open` or `closed`."""


@dataclass(frozen=True, slots=True)
class ModelLoaded:
    """A backend was opened: its weights, if it has any, are in memory."""

    kind: str
    """`stt`, `llm`, `tts`, `vad`, `turn_end`, `wake_word` or `aec`."""
    backend: str
    seconds: float
    """Seconds that it took."""


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """A tool was called."""

    tool: str
    outcome: str
    """`ok`, `failed`, `late` or `wrong` (its arguments)."""
    seconds: float
    """Seconds that it took."""
