"""Many turns -> percentiles, what they cost against the budget, and JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from swv6.bench.latency import Plan
from swv6.bench.turn import PARTS, Turn
from swv6.conversation.judging import percentile as percentile
from swv6.profiles import Profile
from swv6.profiles.schema import Budget, Choice

LABELS = {
    "voice_to_voice": "Voice to voice, from the true end of speech",
    "from_vad_end": "From where the detector heard speech end",
    "endpointing": "End of the turn noticed",
    "from_decision": "From the decision that the turn has ended",
    "stt": "Speech to text",
    "llm": "Model: first token",
    "clause": "Model: first clause",
    "tts": "Voice: first sound",
    "output": "Output: first audible sample",
    "sequential": "Sequential: voice to voice",
    "sequential_from_decision": "Sequential: from the decision",
    "ratio": "Ratio to the sequential way",
    "ratio_from_decision": "Ratio, from the decision",
}
"""Every measure that is summarised, in the order of the report, as people read it; seconds but for the ratios."""

OF_THE_REST = PARTS[1:]
"""What stands under `from_decision` and adds up to it in every turn; with `endpointing`, to `voice_to_voice`."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How one measure is distributed over the turns."""

    p50: float
    p95: float
    max: float
    count: int


@dataclass(frozen=True, slots=True)
class Against:
    """One line of the profile's budget."""

    name: str
    budget: float
    """Seconds allowed."""
    p95: float
    """Seconds taken."""

    @property
    def over(self) -> bool:
        return self.p95 > self.budget


def spread(values: Sequence[float]) -> Spread:
    """Summarise at least one value."""
    return Spread(percentile(values, 0.5), percentile(values, 0.95), max(values), len(values))


def summary(turns: Sequence[Turn]) -> dict[str, Spread]:
    """Summarise every measure that some turn has."""
    found = {name: [t.measures[name] for t in turns if name in t.measures] for name in LABELS}
    return {name: spread(values) for name, values in found.items() if values}


def against(turns: Sequence[Turn], budget: Budget) -> list[Against]:
    """Lay the 95th percentiles beside the profile's budget; the budget's `llm` reaches to the first clause."""
    rows = {
        "total": (budget.total, ("from_decision",)),
        "stt": (budget.stt, ("stt",)),
        "llm": (budget.llm, ("llm", "clause")),
        "tts": (budget.tts, ("tts",)),
        "audio": (budget.audio, ("output",)),
    }
    lines = list[Against]()
    for name, (allowed, measures) in rows.items():
        values = [sum(t.measures[m] for m in measures) for t in turns if all(m in t.measures for m in measures)]
        if values:
            lines.append(Against(name, allowed, percentile(values, 0.95)))
    return lines


def within(turns: Sequence[Turn], budget: Budget) -> bool:
    """Tell whether enough questions were answered and the 95th percentile of the whole is within the budget."""
    total = next((line for line in against(turns, budget) if line.name == "total"), None)
    if total is None or total.over:
        return False
    return sum(not turn.problem for turn in turns) / len(turns) >= budget.success


def report(turns: Sequence[Turn], plan: Plan, profile: Profile) -> dict[str, Any]:
    """Give the whole measurement as JSON values; seconds everywhere."""
    from importlib.metadata import version

    return {
        "swv6": version("swv6"),
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "profile": profile.name,
        "backends": {kind: [_choice(c) for c in getattr(profile, kind)] for kind in _SHOWN},
        "turns_settings": profile.turns.model_dump(mode="json"),
        "runs": plan.runs,
        "sessions": plan.sessions,
        "one_conversation": plan.one_conversation,
        "whole_answers": plan.whole,
        "summary": {name: _rounded(asdict(found)) for name, found in summary(turns).items()},
        "budget": [{**_rounded(asdict(line)), "over": line.over} for line in against(turns, profile.budget)],
        "speculation": {"adopted": sum(t.speculated for t in turns), "wasted": sum(t.wasted for t in turns)},
        "problems": {t.question: t.problem for t in turns if t.problem},
        "turns": [turn.as_dict() for turn in turns],
    }


_SHOWN = ("stt", "llm", "tts", "vad", "microphone", "speaker")


def _choice(choice: Choice) -> dict[str, Any]:
    return {"backend": choice.backend, "options": choice.options.model_dump(mode="json")}


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}
