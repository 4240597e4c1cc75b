"""The plugin contract, one hook per kind; hooks run once, take nothing, return offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from swv6.plugins.executing import Executor
    from swv6.plugins.offers import Backend, Command, ProfileOffer
    from swv6.plugins.tools import Tool
    from swv6.telemetry.stamps import Listener
    from swv6.types import (
        LLM,
        STT,
        TTS,
        VAD,
        EchoCanceller,
        Microphone,
        Speaker,
        TextFilter,
        TranscriptFilter,
        TurnEnd,
        WakeWord,
    )

hookspec = pluggy.HookspecMarker("swv6")
hookimpl = pluggy.HookimplMarker("swv6")


@hookspec
def swv6_stt() -> Iterable[Backend[STT]]:
    """Offer speech recognisers: sound in, transcripts out."""
    return ()


@hookspec
def swv6_llm() -> Iterable[Backend[LLM]]:
    """Offer language models: a conversation in, text deltas out."""
    return ()


@hookspec
def swv6_tts() -> Iterable[Backend[TTS]]:
    """Offer voices: one clause in, sound out as it is made."""
    return ()


@hookspec
def swv6_vad() -> Iterable[Backend[VAD]]:
    """Offer voice activity detectors: a frame in, the probability of speech out."""
    return ()


@hookspec
def swv6_turn_end() -> Iterable[Backend[TurnEnd]]:
    """Offer turn-end models: the sound of a turn so far in, the probability that it is finished out."""
    return ()


@hookspec
def swv6_wake_word() -> Iterable[Backend[WakeWord]]:
    """Offer wake words: a frame in, the word that was heard out."""
    return ()


@hookspec
def swv6_microphone() -> Iterable[Backend[Microphone]]:
    """Offer sources of sound."""
    return ()


@hookspec
def swv6_speaker() -> Iterable[Backend[Speaker]]:
    """Offer sinks for sound."""
    return ()


@hookspec
def swv6_aec() -> Iterable[Backend[EchoCanceller]]:
    """Offer echo cancellers: what the speaker plays is taken out of what the microphone hears."""
    return ()


@hookspec
def swv6_executor() -> Iterable[Backend[Executor]]:
    """Offer places where recordings are transcribed: one recogniser in, many at work out."""
    return ()


@hookspec
def swv6_transcript_filter() -> Iterable[Backend[TranscriptFilter]]:
    """Offer functions that correct what was heard."""
    return ()


@hookspec
def swv6_text_filter() -> Iterable[Backend[TextFilter]]:
    """Offer functions that change what is about to be spoken."""
    return ()


@hookspec
def swv6_tool() -> Iterable[Backend[Tool]]:
    """Offer tools: what is done for a question instead of answering it by heart."""
    return ()


@hookspec
def swv6_listener() -> Iterable[Backend[Listener]]:
    """Offer listeners to events (docs/telemetry.md lists them)."""
    return ()


@hookspec
def swv6_commands() -> Iterable[Command]:
    """Offer subcommands."""
    return ()


@hookspec
def swv6_profiles() -> Iterable[ProfileOffer]:
    """Offer profiles that travel with the plugin."""
    return ()


KINDS: dict[str, str] = {
    "stt": "swv6_stt",
    "llm": "swv6_llm",
    "tts": "swv6_tts",
    "vad": "swv6_vad",
    "turn_end": "swv6_turn_end",
    "wake_word": "swv6_wake_word",
    "microphone": "swv6_microphone",
    "speaker": "swv6_speaker",
    "aec": "swv6_aec",
    "executor": "swv6_executor",
    "transcript_filter": "swv6_transcript_filter",
    "text_filter": "swv6_text_filter",
    "tool": "swv6_tool",
    "listener": "swv6_listener",
    "command": "swv6_commands",
    "profile": "swv6_profiles",
}
"""Kind -> hook."""


def hook_docs() -> dict[str, Any]:
    """Give each hook's first docstring line, for the generated reference."""
    return {hook: (globals()[hook].__doc__ or "").strip() for hook in KINDS.values()}
