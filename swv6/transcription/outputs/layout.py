"""How subtitles are laid out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Limits of a subtitle; the defaults are those of Netflix's French and general timed text guides."""

    max_line_width: int = 42
    """Characters in a line; a word that is longer stands alone."""
    max_line_count: int = 2
    reading_speed: float = 17.0
    """Characters a second that are read with ease; kept wherever there is silence to stay on in."""
    min_duration: float = 5 / 6
    """Seconds; kept where the next one leaves as much."""
    max_duration: float = 7.0
    """Seconds."""
    gap: float = 1 / 12
    """Seconds between two: two frames of film, so that the eye sees the change; none after one that is shorter
    than `min_duration`."""
    mark_uncertain: bool = False
    """Mark the words that the recogniser was not sure of (`txt` only)."""
