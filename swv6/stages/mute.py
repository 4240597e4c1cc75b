"""A loudspeaker that plays nothing: where there is none, and what a sink that is no device begins with."""

from __future__ import annotations

from collections.abc import Callable

from swv6.types import Audio


class Mute:
    """Takes everything, plays nothing, waits for nothing."""

    tap: Callable[[Audio], None] | None = None
    played: float = 0.0

    async def play(self, audio: Audio, /) -> None:
        """Play nothing."""

    async def drain(self) -> None:
        """Wait for nothing."""

    def stop(self) -> None:
        """Stop nothing."""

    def pause(self) -> None:
        """Pause nothing."""

    def resume(self) -> None:
        """Resume nothing."""

    def duck(self, gain: float, /) -> None:
        """Duck nothing."""

    def cue(self, audio: Audio, /, under: float) -> None:
        """Play nothing."""
