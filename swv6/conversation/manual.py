"""Turns that a key begins and ends; between the two, silence only lets the answer be prepared."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from swv6.conversation.turns import Ended, TurnEvent, Turns
from swv6.profiles.schema import Turns as TurnSettings
from swv6.types import VAD, Audio


@dataclass(slots=True)
class PushTurns:
    """A policy over `Turns`: sound counts while the key is down, and only the key ends a turn.

    The detector still says whether anything was said, so that silence is never transcribed, and where the speech ended.
    """

    vad: VAD
    settings: TurnSettings = field(default_factory=TurnSettings)
    down: bool = False
    _turns: Turns = field(init=False)
    _before: deque[Audio] = field(default_factory=deque)
    """The pre-roll: people speak before the key is down."""

    def __post_init__(self) -> None:
        forever = dict.fromkeys(("silence", "finished", "unfinished"), 2 * self.settings.max_turn)
        any_speech = {"min_speech": self.vad.frame / self.vad.rate}
        self._turns = Turns(self.vad, self.settings.model_copy(update={**forever, **any_speech}))

    @property
    def heard(self) -> bool:
        """Tell whether anything was said since the key is down."""
        return self._turns._inside

    def push(self) -> None:
        """Press the key: what is said from now on is one turn, until `flush`."""
        self.down = True

    def expect(self, finished: bool | None) -> None:
        """Take no hints: the key knows best."""

    def feed(self, audio: Audio) -> Iterator[TurnEvent]:
        """Take in sound at the detector's rate and yield what it decides; a turn of `max_turn` ends itself."""
        self._before.append(audio)
        if not self.down:
            while sum(a.seconds for a in self._before) > self.settings.pre_roll + audio.seconds:
                self._before.popleft()
            return
        while self._before:
            for decision in self._turns.feed(self._before.popleft()):
                yield decision
                if isinstance(decision, Ended):
                    self.down = False
                    self._turns.reset()
                    return

    def flush(self) -> Iterator[TurnEvent]:
        """End the turn: the key was released, or there is no more sound."""
        self.down = False
        yield from self._turns.flush()

    def reset(self) -> None:
        """Forget what was heard; the key stays where it is."""
        self._before.clear()
        self._turns.reset()


Ears: TypeAlias = Turns | PushTurns
"""Whatever cuts the microphone's sound into turns."""


def ears(vad: VAD, settings: TurnSettings) -> Ears:
    """Choose by the profile's `turns.mode`."""
    return PushTurns(vad, settings) if settings.mode == "push" else Turns(vad, settings)
