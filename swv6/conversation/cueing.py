"""Short sounds that tell who is not looking what a conversation does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio

from swv6.audio.cues import Name, cue
from swv6.profiles.playback import Cues
from swv6.stages.build import Builder
from swv6.stages.streams import owned
from swv6.telemetry.events import (
    Awake,
    BargedIn,
    Event,
    FirstSound,
    Keyed,
    ReplyEnded,
    Report,
    TurnBegan,
    TurnEnded,
)
from swv6.types import Audio, Microphone, Speaker

RATE = 24_000
"""Hz of a cue; the loudspeaker takes any."""
TAIL = 0.3
"""Seconds after a cue during which a microphone may still hear it: a room's echo and the output latency."""


@dataclass(slots=True)
class Cueing:
    """Follows the events of a conversation and mixes in the cues that they call for."""

    speaker: Speaker
    settings: Cues
    under: float
    """How loud an answer is while a cue sounds (0..1)."""
    _until: float = 0.0
    """When the last cue can be heard no more."""
    _unanswered: int = 0
    """The turn of which no answer was heard yet; 0 for none."""
    _asked: anyio.Event = field(default_factory=anyio.Event)
    """Set while somebody waits."""
    _relieved: anyio.Event = field(default_factory=anyio.Event)
    """Set while nobody does."""
    _scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)

    def began(self, asleep: bool) -> None:
        """Tell that it listens, unless it waits for a wake word or a key first."""
        if self.settings.listening and not asleep:
            self.give("listening")

    async def run(self) -> None:
        """Tell who waits that it is being thought, until `close`."""
        with self._scope:
            while self.settings.thinking is not None:
                await self._asked.wait()
                with anyio.move_on_after(self.settings.thinking) as patience:
                    await self._relieved.wait()
                if patience.cancelled_caught:
                    self.give("thinking")

    def close(self) -> None:
        """Let `run` end; idempotent."""
        self._scope.cancel()

    def hearing(self, report: Report) -> Report:
        """Follow every event that goes to `report`."""

        def both(event: Event) -> None:
            report(event)
            self._follow(event)

        return both

    def kept_from(self, microphone: Microphone | None) -> Microphone | None:
        """Wrap a microphone that would hear the cues."""
        return None if microphone is None else _Hushed(microphone, self)

    def give(self, name: Name) -> None:
        """Mix a cue in."""
        sound = Audio(cue(name, RATE, self.settings.volume), RATE)
        self.speaker.cue(sound, self.under)
        self._until = anyio.current_time() + sound.seconds + TAIL

    @property
    def sounding(self) -> bool:
        """Whether a microphone may hear a cue now."""
        return anyio.current_time() < self._until

    def _follow(self, event: Event) -> None:
        match event:
            case Awake() if self.settings.listening:
                self.give("listening")
            case TurnEnded(turn):
                self._unanswered = turn
                self._waits(True)
            case TurnBegan() | Keyed(down=True):
                self._waits(False)
            case BargedIn(interrupted=False):
                self._waits(bool(self._unanswered))
            case FirstSound(turn) | ReplyEnded(turn) if turn == self._unanswered:
                self._unanswered = 0
                self._waits(False)
                if isinstance(event, ReplyEnded) and event.outcome == "failed" and self.settings.error:
                    self.give("error")
            case _:
                pass

    def _waits(self, waits: bool) -> None:
        if waits == self._asked.is_set():
            return
        if waits:
            self._relieved = anyio.Event()
            self._asked.set()
        else:
            self._asked = anyio.Event()
            self._relieved.set()


def cues(builder: Builder, microphone: Microphone | None, speaker: Speaker | None) -> Cueing | None:
    """Begin to give cues to somebody who is there: not to a recording, nor to who types; they end with the builder."""
    profile = builder.profile
    if profile.cues is None or speaker is None or microphone is None or not microphone.live:
        return None
    cueing = Cueing(speaker, profile.cues, profile.playback.ducked)
    builder.tasks.start_soon(cueing.run)
    builder.stack.callback(cueing.close)
    return cueing


class _Hushed:
    """A microphone that is not listened to while a cue can be heard: its clock goes on, nothing else does."""

    def __init__(self, microphone: Microphone, cueing: Cueing) -> None:
        self.live = microphone.live
        self._microphone = microphone
        self._cueing = cueing

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream what is heard while no cue can be."""
        async with owned(self._microphone.frames()) as blocks:
            async for block in blocks:
                if not self._cueing.sounding:
                    yield block
