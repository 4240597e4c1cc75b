"""Conversations in the form that every chat template and OpenAI-compatible server takes."""

from __future__ import annotations

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
