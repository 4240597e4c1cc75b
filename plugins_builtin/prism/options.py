"""What a profile may say about prism."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from swv6.plugins import Options, Weights

ComputeType = Literal[
    "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16", "float32"
]


class PrismOptions(Options):
    """Options of prism; those left at None follow `live`."""

    model: Annotated[str, Weights("faster-whisper")] = "whisper-base"
    """A folder with model.bin, config.json, tokenizer.json and a vocabulary."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """`auto` takes CUDA where it works."""
    devices: tuple[int, ...] = Field(default=(), max_length=16)
    """CUDA devices; each with room gets a copy of the model, and requests go to the one that is free. Empty is the
    first with room in a conversation, all of them for recordings."""
    compute_type: ComputeType = "auto"
    """`auto` is the best that the device supports and has room for (on a GPU float16, then int8_float16). What it does
    not support becomes the nearest that it does, with a warning."""
    language: str = ""
    """ISO 639-1; empty detects it, which costs a second pass of the encoder."""
    languages: tuple[str, ...] = ()
    """Those that may be detected, all when empty; a conversation changes its language only for a turn that is sure."""
    task: Literal["transcribe", "translate"] = "transcribe"
    """`translate` writes English whatever is spoken."""
    live: bool = True
    """True for the turns of a conversation; False for recordings: cut where nobody speaks, many windows at once."""
    beam_size: int | None = Field(default=None, ge=1, le=20)
    """1 live, 5 for files."""
    threads: int = Field(default=0, ge=0)
    """CPU threads of one request; 0 shares the cores among the `concurrency` requests, at most 8 each."""
    warmups: int = Field(default=3, ge=0, le=10)
    """Passes over silence-like sound while opening for a conversation."""
    initial_prompt: str = Field(default="", max_length=400)
    """Text that Whisper believes came before: spelling of names, style."""
    hotwords: str = Field(default="", max_length=400)
    """Words to expect. Can trigger temperature fallback in files: measure before using."""
    vocabulary: Path | None = None
    """A YAML file of terms, which become hotwords; the profile's `vocabulary` where it is not set."""
    concurrency: int = Field(default=1, ge=1, le=8)
    """Requests worked on at the same time, each with its own copy of the working memory."""
    word_timestamps: bool | None = None
    """No live, yes for files."""
    vad_filter: bool | None = None
    """Leave out what is not speech before transcribing. No live (the turn detector did it), yes for files."""
    window: float = Field(default=22.0, ge=5, le=30)
    """Most seconds of a recording that are heard at once: shorter is faster, longer knows more of the context."""
    batch_size: int = Field(default=8, ge=1, le=64)
    """Windows of a recording that go through the model together; more pays on a GPU, and takes its memory."""
