"""What the user said of themselves, word for word: a small model keeps that better than any summary it writes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from swv6.types import Message

LONGEST = 400
"""Characters that are quoted: about 130 tokens."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_OWN = {
    "fr": re.compile(r"\b(?:je|moi|mon|ma|mes|nous|notre|nos|on|j(?=['’]))\b", re.I),
    "en": re.compile(r"\b(?:I|me|my|mine|we|us|our)\b", re.I),
}
"""Words of who speaks of themselves."""
_ASKING = {
    "fr": re.compile(
        r"\W*(?:comment|quel\w*|où|quand|pourquoi|combien|qui|est-ce|qu['’e]|(?:peux|pourrais|veux|sais)-tu|\w+-moi\b|"
        r"je (?:veux|voudrais|aimerais) (?:savoir|que tu))",
        re.I,
    ),
    "en": re.compile(
        r"\W*(?:how|what|where|when|why|which|who|is|are|can|could|will|would|do|does|(?:tell|give|show|remind) me\b|"
        r"I(?:['’]d| would) like (?:to know|you to))\b",
        re.I,
    ),
}
"""How one begins who wants to be told something."""
_HEADING = {
    "fr": "Plus tôt, l'utilisateur t'a dit : « {quotes} »",
    "en": "Earlier the user told you: “{quotes}”",
}


def confided(messages: Sequence[Message], language: str) -> str:
    """Quote what is worth knowing later of messages that a model is not told any more; empty when there is nothing.

    When it is too much, the first sentence stays (people introduce themselves) and the oldest others go.
    """
    code = language[:2].lower()
    if code not in _OWN:
        return ""
    texts = [text for message in messages if message.role == "user" for text in _SENTENCE.split(message.text.strip())]
    own = list(dict.fromkeys(text for text in texts if _tells(text, code)))
    while len(" ".join(own)) > LONGEST and own:
        own.pop(1 if len(own) > 1 else 0)
    return _HEADING[code].format(quotes=" ".join(own)) if own else ""


def _tells(text: str, code: str) -> bool:
    return bool(_OWN[code].search(text)) and not text.endswith("?") and not _ASKING[code].match(text)
