"""A language model that can only count, but remembers its last result."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from swv6.plugins import LLM, Chat

if TYPE_CHECKING:
    from swv6_example.options import Nothing

_NAMES = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_DIGITS = {name: str(number) for number, name in enumerate(_NAMES.split())} | {"une": "1"}
_WORDS = {"+": "plus", "-": "moins", "*": "fois", "x": "fois"}
_SUM = re.compile(r"(?P<left>\d+)?\s*(?P<sign>plus|moins|fois|[+*x-])\s*(?P<right>\d+)")


@asynccontextmanager
async def open_llm(options: Nothing) -> AsyncIterator[LLM]:
    """Open the model; there is nothing to load."""

    async def reply(chat: Chat, /) -> AsyncIterator[str]:
        for word in answer(chat).split():
            yield word + " "

    yield reply


def answer(chat: Chat) -> str:
    """Answer the last message: a sum of two numbers, or of one and the last result."""
    asked = next((m.text for m in reversed(chat) if m.role == "user"), "")
    if not asked.strip():
        return ""
    if (match := _SUM.search(_digits(asked))) is None:
        return "Je ne sais que compter."
    left = int(match["left"] or last_result(chat))
    right, sign = int(match["right"]), _WORDS.get(match["sign"], match["sign"])
    result = {"plus": left + right, "moins": left - right, "fois": left * right}[sign]
    told = str(result) if result >= 0 else f"moins {-result}"
    return f"{left} {sign} {right} égale {told}."


def last_result(chat: Chat) -> int:
    """Give the last number of the last answer, 0 when there was none."""
    said = next((m.text for m in reversed(chat) if m.role == "assistant"), "")
    return int((re.findall(r"\d+", said) or ["0"])[-1])


def _digits(text: str) -> str:
    """Write number words as digits."""
    return " ".join(_DIGITS.get(word, word) for word in text.lower().replace("?", " ").split())
