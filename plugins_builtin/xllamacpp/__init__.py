"""Offers xllamacpp: llama.cpp inside this process, from wheels that need no compiler."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import LLM


@hookimpl
def swv6_llm() -> Iterable[Backend[LLM]]:
    """Offer the default language model backend."""
    yield Backend(
        name="xllamacpp",
        summary="any GGUF model, in this process (llama.cpp)",
        open="plugins_builtin.xllamacpp.engine:open_llm",
        options="plugins_builtin.xllamacpp.options:XllamacppOptions",
        requires=("xllamacpp",),
        install='pip install "swv6[embedded]"',
    )
