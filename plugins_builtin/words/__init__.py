"""The offer of words: filters for what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import TranscriptFilter

FILTERS = {
    "hallucinations": "Drops what is written where nobody spoke: phrases of silence, loops, doubtful segments",
    "corrections": "Writes the terms of a vocabulary as they are written, whatever they were heard as",
    "numbers": "Writes numbers, dates, hours and money as figures, or in words",
    "punctuation": "Adds capitals and final marks where a recogniser writes none",
    "typography": "Sets accents, apostrophes and spaces as French and English do",
}


@hookimpl
def swv6_transcript_filter() -> Iterable[Backend[TranscriptFilter]]:
    """Offer a filter for each name."""
    at = "plugins_builtin.words"
    return [
        Backend(name, summary, open=f"{at}.engine:open_{name}", options=f"{at}.options:{name.title()}Options")
        for name, summary in FILTERS.items()
    ]
