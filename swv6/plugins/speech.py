"""How answers are spoken, as a tool may change it."""

from __future__ import annotations

from typing import Protocol


class Speech(Protocol):
    """The voice of a conversation; what is changed holds from the next clause on."""

    @property
    def language(self) -> str:
        """ISO 639-1 code of what is said and spoken now."""

    @property
    def speed(self) -> float:
        """1 is the voice's own."""

    def speaks(self, language: str) -> bool:
        """Say whether a voice of a language is installed."""

    async def speak(self, language: str) -> bool:
        """Answer in another language, with a voice of it; False where none is installed."""

    async def other_voice(self) -> bool:
        """Take the next voice of the language that is installed; False where there is no other one."""

    async def at_speed(self, speed: float) -> None:
        """Speak faster or more slowly; what the voice cannot do becomes its nearest."""
