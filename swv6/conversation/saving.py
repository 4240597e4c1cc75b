"""A reply that has ended -> the turn that is kept."""

from __future__ import annotations

from time import monotonic

from swv6.conversation.reply import Reply
from swv6.sessions.turn import Span, Turn
from swv6.types import Audio


def kept(reply: Reply) -> Turn:
    """Say what was asked and what was heard; call it when the reply has just ended."""
    times, now = reply.times, monotonic()
    sound = reply.question if isinstance(reply.question, Audio) else None
    asked = times.speech_end or times.decided or now
    return Turn(
        reply.turn,
        reply.text or "",
        reply.heard,
        reply.outcome,
        Span(asked - (sound.seconds if sound else 0.0), asked),
        Span(times.first_sound or times.understood or asked, now),
        sound,
        tuple(reply.sounds),
    )
