"""Which of the allowed languages is spoken; a conversation keeps to its language unless another one is sure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swv6.plugins import Samples

SURE = 0.8
"""Share among the allowed languages that a turn needs to change the language of a conversation: a short "OK" or a name
is often heard as English with less."""


@dataclass(slots=True)
class Tongues:
    """The allowed languages, all when empty, and the one of the last turn."""

    allowed: tuple[str, ...]
    sticky: bool
    last: str = ""

    def heard(self, whisper: Any, samples: Samples) -> tuple[str, float]:
        """Detect the language of sound at 16 kHz: its code, and how probable it is, 0..1."""
        if not whisper.model.is_multilingual:
            return "en", 1.0
        return self.choose(whisper.detect_language(audio=samples)[2])

    def choose(self, probabilities: Iterable[tuple[str, float]]) -> tuple[str, float]:
        """Take the likeliest of the allowed ones, or the last turn's where it is not sure."""
        shares = among(probabilities, self.allowed)
        code = max(shares, key=lambda one: shares[one])
        if self.sticky and self.last in shares and shares[code] < SURE:
            code = self.last
        self.last = code
        return code, shares[code]


def among(probabilities: Iterable[tuple[str, float]], allowed: Collection[str]) -> dict[str, float]:
    """Share the probability among the allowed languages; those that Whisper does not know have none."""
    kept = {code: share for code, share in probabilities if not allowed or code in allowed}
    total = sum(kept.values())
    return {code: share / total if total else 0.0 for code, share in kept.items()} or dict.fromkeys(allowed, 0.0)
