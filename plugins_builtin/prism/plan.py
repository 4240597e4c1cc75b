"""How a recording's windows are heard, as the options say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins_builtin.prism.options import PrismOptions


@dataclass(frozen=True, slots=True)
class Plan:
    """How windows are heard."""

    language: str
    task: str
    beam_size: int
    batch_size: int
    margin: float
    """Seconds of quiet after each window."""
    words: bool
    prompt: str = ""
    hotwords: str = ""


def planned(options: PrismOptions, language: str, margin: float) -> Plan:
    """Take from the options what is left open there."""
    return Plan(
        language=language,
        task=options.task,
        beam_size=options.beam_size or 5,
        batch_size=options.batch_size,
        margin=margin,
        words=options.word_timestamps is not False,
        prompt=options.initial_prompt,
        hotwords=options.hotwords,
    )
