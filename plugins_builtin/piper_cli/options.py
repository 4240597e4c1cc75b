"""What a profile may say about piper_cli."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class PiperCliOptions(Options):
    """Options of piper_cli."""

    voice: Annotated[str, Weights("piper")] = "fr_FR-siwis-medium"
    """An .onnx file with its .onnx.json beside it."""
    program: str = "piper"
    """A name on the PATH or beside this Python, or a path."""
    speaker: int | None = Field(default=None, ge=0)
    """Which speaker, for voices that have several."""
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    """1 is the voice's own speed."""
