"""Options of the llama_cpp backend."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class LlamaCppOptions(Options):
    """A GGUF model and how it is run."""

    model: Annotated[str, Weights("gguf")] = "qwen2.5-coder-1.5b-instruct"
    language: str = ""
    """Of the system message that a conversation without one gets."""
    gpu_layers: int = Field(default=-1, ge=-1)
    """-1: all of them; 0: the CPU only."""
    threads: int = Field(default=0, ge=0)
    """0: one fewer than the cores; with all of them, one other busy thread costs three quarters of the speed."""
    context: int = Field(default=4096, ge=128)
    """Tokens: prompt and answer."""
    batch: int = Field(default=128, ge=1)
    """Prompt tokens between two looks at a cancel: smaller stops sooner, larger reads long prompts faster."""
    max_tokens: int = Field(default=150, ge=1)
    temperature: float = Field(default=0.3, ge=0)
    top_p: float = Field(default=0.9, gt=0, le=1)
    seed: int | None = Field(default=None, ge=0, lt=2**32)
    """None: another one each time."""
