"""The signs that end a sentence or belong to it."""

from __future__ import annotations

ENDS = ".!?…"
SOFT = ",;:"
OPENING = "«“"
CLOSING = "»”"
AFTER_END = ")]’'*_`"
"""What may follow a full stop at once and still belongs to its sentence."""
GLUED = ":;!?»”%€$°"
"""What French sets after a space and must not begin a clause."""


def speakable(text: str) -> bool:
    """Tell whether there is a letter or a figure."""
    return any(map(str.isalnum, text))


def safe_cut(previous: str, length: int) -> bool:
    """Tell whether the space after a word may cut: not within "14 h 30", "22 000", "M. Dupont"."""
    return length > 1 and (previous.isalpha() or previous in SOFT)
