"""What became of a text that was to be spoken, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """What `say` reports for one request."""

    success: bool
    backend_used: str = ""
    latency_ms: float = 0.0
    """Milliseconds from the request to the first sound."""
    audio_data: bytes = b""
    """A whole WAV file; empty where the sound was played, or written to a file of its own."""
    error: str = ""
