"""What a profile may say about piper."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class PiperOptions(Options):
    """Options of piper."""

    voice: Annotated[str, Weights("piper")] = "fr_FR-siwis-medium"
    """An .onnx file with its .onnx.json beside it."""
    speaker: int | None = Field(default=None, ge=0)
    """Which speaker, for voices that have several."""
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    """1 is the voice's own speed."""
    threads: int = Field(default=0, ge=0)
    """CPU threads; 0 leaves it to onnxruntime: one for each core."""
