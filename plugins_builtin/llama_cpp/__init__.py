"""Offers llama-cpp-python: llama.cpp inside this process, compiled for this machine and its GPU."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import LLM


@hookimpl
def swv6_llm() -> Iterable[Backend[LLM]]:
    """Offer the language model backend for people who build it with CUDA."""
    yield Backend(
        name="llama_cpp",
        summary="any GGUF model, in this process, on the GPU (llama-cpp-python)",
        open="plugins_builtin.llama_cpp.engine:open_llm",
        options="plugins_builtin.llama_cpp.options:LlamaCppOptions",
        requires=("llama_cpp",),
        install='pip install "swv6[llama-cpp]"',
    )
