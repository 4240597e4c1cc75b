"""Opening what a conversation keeps to its end: detectors, cancellers, turn-end models and wake words."""

from __future__ import annotations

from time import monotonic
from typing import Any

from swv6.profiles import Choice
from swv6.stages.build import Builder
from swv6.stages.opening import opened
from swv6.telemetry.events import ModelLoaded


async def entered(builder: Builder, kind: str, choice: Choice) -> Any:
    """Open one choice, report what that took, and close it with the builder; raises what `opened` raises."""
    began = monotonic()
    thing = await builder.stack.enter_async_context(opened(choice, builder.store, builder.live))
    builder.report(ModelLoaded(kind, choice.backend, monotonic() - began))
    return thing
