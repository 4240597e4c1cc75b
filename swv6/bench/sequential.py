"""The way it would be without streaming: the whole transcript, then the whole answer, then the whole voice."""

from __future__ import annotations

from contextlib import aclosing
from time import monotonic
from typing import Any, cast

from swv6.bench.ends import first_audible
from swv6.bench.turn import Sequential
from swv6.conversation.parts import Parts
from swv6.errors import BackendError
from swv6.transcription.windows import final
from swv6.types import Audio, Chat, Message


async def sequential(parts: Parts, audio: Audio, chat: Chat) -> Sequential | None:
    """Answer one turn's `audio` after `chat`, stage by stage; None when a backend fails or has nothing to say."""
    try:
        began = monotonic()
        text = (await final(parts.stt, audio)).text.strip()
        understood = monotonic()
        answer = "".join([delta async for delta in parts.llm((*chat, Message("user", text)))]).strip()
        thought = monotonic()
        sounds = [sound async for sound in parts.tts(parts.speakable(answer))]
        voiced = monotonic()
    except BackendError:
        return None
    lead = quiet(sounds)
    return (
        None if lead is None else Sequential(understood - began, thought - understood, voiced - thought, lead, answer)
    )


def quiet(sounds: list[Audio]) -> float | None:
    """Return the seconds before the first audible sample; None when there is none."""
    before = 0.0
    for sound in sounds:
        at = first_audible(sound.samples)
        if at is not None:
            return before + at / sound.rate
        before += sound.seconds
    return None


async def rest(parts: Parts, chat: Chat) -> None:
    """Bring model and voice to where they are when a conversation that stands at `chat` waits for the next turn.

    The model has read `chat`, and nothing of an answer that was cut short is still being computed.
    """
    async with aclosing(cast("Any", parts.llm((*chat, Message("user", "Bonjour"))))) as deltas:
        async for _ in deltas:
            break
    async for _ in parts.tts("Bonjour."):
        pass
