"""One measured turn, as values: every time in seconds from the true end of speech."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

PARTS = ("endpointing", "stt", "llm", "clause", "tts", "output")
"""What is waited for after the end of speech, in order: the decision that the turn has ended, its text, the model's
first token, its first clause, that clause's first sound, its first audible sample at the loudspeaker."""


@dataclass(frozen=True, slots=True)
class Points:
    """When things happened, in seconds from the true end of speech; None when it is not known."""

    decided: float | None
    understood: float | None
    first_token: float | None
    clause: float | None
    sound: float | None
    audible: float
    vad_end: float | None = None
    """Where the detector heard speech end."""

    def parts(self) -> dict[str, float]:
        """Split the wait: each part is what it adds to those before it, so that they add up to `audible` exactly.

        What was done before the turn had ended (speculation) therefore costs nothing.
        """
        reached, split = 0.0, dict[str, float]()
        ends = (self.decided, self.understood, self.first_token, self.clause, self.sound, self.audible)
        for name, at in zip(PARTS, ends, strict=True):
            split[name] = max(0.0, (reached if at is None else at) - reached)
            reached += split[name]
        return split


@dataclass(frozen=True, slots=True)
class Span:
    """One call of one stage."""

    kind: str
    began: float
    first: float | None
    ended: float
    outcome: str
    used: bool
    """True when it led to the first sound."""


@dataclass(frozen=True, slots=True)
class Sequential:
    """The same turn done one stage after the other: whole transcript, whole answer, whole voice."""

    stt: float
    llm: float
    tts: float
    lead: float
    """Seconds of quiet before its first audible sample."""
    answer: str

    @property
    def total(self) -> float:
        """Seconds from the decision that the turn has ended to the first audible sample."""
        return self.stt + self.llm + self.tts + self.lead


@dataclass(frozen=True, slots=True)
class Turn:
    """One question asked."""

    question: str
    said: str
    """What was asked, where it is known."""
    run: int
    session: int
    problem: str = ""
    """Why there is no latency: `unanswered`, or `cut off` (answered before the question was over)."""
    heard: str = ""
    answer: str = ""
    """What the model had said when the measurement ended."""
    points: Points | None = None
    spans: tuple[Span, ...] = ()
    backends: Mapping[str, str] = field(default_factory=dict)
    speculated: bool = False
    """Whether the model had begun before the turn's end was decided, and that answer was the one heard."""
    wasted: int = 0
    """Model answers that were begun before the first sound and forgotten."""
    stalls: float | None = None
    """Seconds for which the answer had nothing to play; None when it was not spoken to its end."""
    events: Mapping[str, int] = field(default_factory=dict)
    """How often each event was reported."""
    notices: tuple[str, ...] = ()
    sequential: Sequential | None = None

    @property
    def measures(self) -> dict[str, float]:
        """Everything measured, in seconds; ratios against the sequential way with the same endpointing."""
        if self.points is None:
            return {}
        parts, at = self.points.parts(), self.points
        found = {"voice_to_voice": at.audible, **parts}
        if at.decided is not None:
            found["from_decision"] = at.audible - at.decided
        if at.vad_end is not None:
            found["from_vad_end"] = at.audible - at.vad_end
        if self.sequential is not None and at.decided is not None:
            found["sequential"] = at.decided + self.sequential.total
            found["ratio"] = at.audible / found["sequential"]
            found["sequential_from_decision"] = self.sequential.total
            found["ratio_from_decision"] = found["from_decision"] / self.sequential.total
        return found

    def as_dict(self) -> dict[str, Any]:
        """Give JSON values."""
        return {**asdict(self), "measures": {name: round(value, 4) for name, value in self.measures.items()}}
