"""What a profile may say about kokoro."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class KokoroOptions(Options):
    """Options of kokoro."""

    model: Annotated[str, Weights("kokoro")] = "kokoro-v1.0-int8"
    """An .onnx file, or a folder with one."""
    voice: Annotated[str, Weights("kokoro-voice")] = "ff_siwis"
    """A .bin file of float32 styles (-1, 1, 256), or a folder with one."""
    language: str = ""
    """ISO 639-1 code or an espeak-ng voice (`fr-fr`, `en-gb`); empty takes the one in the voice's name."""
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    """1 is the voice's own speed."""
    threads: int = Field(default=0, ge=0)
    """CPU threads; 0 leaves it to onnxruntime: one for each core."""
