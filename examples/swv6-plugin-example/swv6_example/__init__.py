"""What this package offers to swv6; nothing heavy is imported until something is opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from swv6.plugins import Backend, Command, ProfileOffer, hookimpl

if TYPE_CHECKING:
    from swv6.plugins import LLM, STT, TTS, VAD, TextFilter

_OPTIONS = "swv6_example.options"


@hookimpl
def swv6_stt() -> Iterable[Backend[STT]]:
    """Offer a recogniser of Morse code."""
    yield Backend("morse", "Reads Morse code.", "swv6_example.listen:open_stt", f"{_OPTIONS}:Keying")


@hookimpl
def swv6_llm() -> Iterable[Backend[LLM]]:
    """Offer a language model that can only count."""
    yield Backend("calculette", "Computes, in French.", "swv6_example.count:open_llm", f"{_OPTIONS}:Nothing")


@hookimpl
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer a voice that speaks Morse code."""
    yield Backend("morse", "Speaks Morse code.", "swv6_example.speak:open_tts", f"{_OPTIONS}:Voice")


@hookimpl
def swv6_vad() -> Iterable[Backend[VAD]]:
    """Offer a detector of tones."""
    yield Backend("tone", "Hears any tone.", "swv6_example.listen:open_vad", f"{_OPTIONS}:Ear")


@hookimpl
def swv6_text_filter() -> Iterable[Backend[TextFilter]]:
    """Offer a filter that leaves only what Morse can say."""
    yield Backend("plain-letters", "Drops accents.", "swv6_example.letters:open_filter", f"{_OPTIONS}:Nothing")


@hookimpl
def swv6_commands() -> Iterable[Command]:
    """Offer `swv6 morse`."""
    yield Command("morse", "Turn text into Morse code and back.", "swv6_example.command:app")


@hookimpl
def swv6_profiles() -> Iterable[ProfileOffer]:
    """Offer a profile that ties them together."""
    yield ProfileOffer("morse", "A conversation in Morse code", Path(__file__).with_name("profiles") / "morse.yaml")
