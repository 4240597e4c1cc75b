"""What a profile says about how its loudspeaker plays, and about the short sounds beside the voice."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from swv6.profiles.frozen import Frozen, PositiveSeconds


class Playback(Frozen):
    """How an answer is played."""

    volume: Annotated[float, Field(ge=0, le=4)] = 1.0
    """How many times louder than the voice is by itself; cues have their own."""
    spoken_over: Literal["pause", "duck"] = "pause"
    """What an answer does from the first moment of speech over it until it is known whether that interrupts it:
    `pause` goes on later where it stopped; `duck` goes on quieter. Only where one may (`turns.barge_in`, `aec`)."""
    duck_db: Annotated[float, Field(ge=0, le=60)] = 12.0
    """Decibels by which an answer is quieter while it is ducked, and while a cue sounds."""

    @property
    def ducked(self) -> float:
        """The gain of a ducked answer (0..1)."""
        return float(10 ** (-self.duck_db / 20))


class Cues(Frozen):
    """Short sounds that tell who is not looking what a live conversation does; null for none."""

    listening: bool = True
    """When it begins to listen: the conversation has begun, or the wake word was heard."""
    thinking: PositiveSeconds | None = 3.0
    """Seconds without a sound of the answer, after which and after each of which again; null for never."""
    error: bool = True
    """When an answer failed and nothing was heard, not even an apology."""
    volume: Annotated[float, Field(ge=0, le=1)] = 0.15
    """Peak (1 is full scale): -16 dB, a voice's own level."""
