"""Options of the xllamacpp backend."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from swv6.plugins import Options, Weights


class XllamacppOptions(Options):
    """A GGUF model and how it is run."""

    model: Annotated[str, Weights("gguf")] = "qwen2.5-coder-1.5b-instruct"
    language: str = ""
    """Of the system message that a conversation without one gets."""
    threads: int = Field(default=0, ge=0)
    """0: the profile's share, or one fewer than the cores. With all of two cores a question is read in half the time on
    an idle machine (228 ms to the first word, not 452), but a busy neighbour costs seconds (measured: 2.1, 3.2 s)."""
    context: int = Field(default=4096, ge=128)
    """Tokens of one conversation: prompt and answer."""
    batch: int = Field(default=128, ge=1)
    """Prompt tokens between two looks at a cancel: smaller stops sooner, larger reads long prompts faster."""
    parallel: int = Field(default=1, ge=1, le=64)
    """Conversations answered at the same time; each has a `context` of its own."""
    gpu_layers: int = Field(default=-1, ge=-1)
    """-1: all that fit, where the installed wheel knows the GPU."""
    max_tokens: int = Field(default=150, ge=1)
    temperature: float = Field(default=0.3, ge=0)
    top_p: float = Field(default=0.9, gt=0, le=1)
    seed: int | None = None
    """None: another one each time."""
    thinking: bool = False
    """Let models that can think aloud do so (never spoken, but waited for)."""
