"""Offers any server that speaks the OpenAI protocol: vLLM, llama.cpp's server, Ollama, speaches, OpenAI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from swv6.plugins import Backend, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import LLM, STT, TTS


def _offer(kind: str, summary: str) -> Backend[Any]:
    here = "plugins_builtin.openai_http"
    options = f"{here}.options:{kind.upper()}Options"
    probe, serves = f"{here}.client:probe", f"{here}.client:serves"
    return Backend("openai", summary, f"{here}.{kind}:open_{kind}", options, probe=probe, serves=serves)


@hookimpl
def swv6_stt() -> Iterable[Backend[STT]]:
    """Offer /v1/audio/transcriptions."""
    yield _offer("stt", "a speech recogniser behind an OpenAI-compatible server")


@hookimpl
def swv6_llm() -> Iterable[Backend[LLM]]:
    """Offer /v1/chat/completions."""
    yield _offer("llm", "a language model behind an OpenAI-compatible server")


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer /v1/audio/speech."""
    yield _offer("tts", "a voice behind an OpenAI-compatible server")
