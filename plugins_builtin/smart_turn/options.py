"""Which weights Smart Turn uses, and how much of the processor."""

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class SmartTurnOptions(Options):
    """Options of `smart_turn`."""

    model: Annotated[str, Weights("onnx")] = "smart-turn-v3.2"
    """The weights."""
    threads: Annotated[int, Field(ge=1)] = 1
    """Processor threads; the recogniser works at the same moment and needs the others."""
