"""Conversations and answers in the form that chat templates and OpenAI-compatible servers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from swv6.types import Chat

_SYSTEM = {
    "fr": "Tu es un assistant vocal. Réponds en français, brièvement.",
    "en": "You are a voice assistant. Answer briefly, in English.",
}


def chat_messages(chat: Chat, language: str = "") -> list[dict[str, str]]:
    """Return `role`/`content` dictionaries, with a system message first.

    A conversation without one gets a short default: small models (SmolLM2-135M) answer nonsense to a bare question.
    """
    messages = [{"role": message.role, "content": message.text} for message in chat]
    if any(message.role == "system" for message in chat):
        return messages
    return [{"role": "system", "content": _SYSTEM.get(language[:2], _SYSTEM["en"])}, *messages]


def chunk_text(chunk: Mapping[str, Any]) -> str:
    """Return what a streamed `chat.completion.chunk` adds to the answer; thoughts and roles add nothing."""
    choices = chunk.get("choices") or [{}]
    return (choices[0].get("delta") or {}).get("content") or ""


def chunk_ends(chunk: Mapping[str, Any]) -> bool:
    """Tell whether the answer is whole with this chunk; a stream that ends without such a one broke off."""
    return any(choice.get("finish_reason") for choice in chunk.get("choices") or ())
