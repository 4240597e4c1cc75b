"""Sound as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.float32]
    """Mono PCM, float32 in [-1, 1], shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Mono sound at one rate."""

    samples: Samples
    rate: int
    """Hz."""
    start: float = 0.0
    """Seconds on the session clock, or into the file."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate
