"""What llama.cpp's server is asked, as its HTTP clients would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swv6.plugins import Chat, chat_messages

if TYPE_CHECKING:
    from plugins_builtin.xllamacpp.options import XllamacppOptions


def request(options: XllamacppOptions, chat: Chat) -> dict[str, Any]:
    """Ask for an answer to a conversation."""
    asked: dict[str, Any] = {
        "messages": chat_messages(chat, options.language),
        "stream": True,
        "return_progress": True,  # without it nothing calls back, so nothing can cancel, while the prompt is read
        "cache_prompt": True,
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "top_p": options.top_p,
        "chat_template_kwargs": {"enable_thinking": options.thinking},
    }
    return asked if options.seed is None else {**asked, "seed": options.seed}
