"""What of the microphone's sound is for the ear: nothing while it sleeps, or while it would hear the answer itself."""

from __future__ import annotations

from dataclasses import dataclass, field

import anyio

from swv6.conversation.manual import PushTurns
from swv6.conversation.reply import Reply
from swv6.conversation.session import Session
from swv6.conversation.turns import Turns
from swv6.conversation.waking import Waking
from swv6.types import Audio

ECHO_TAIL = 0.3
"""Seconds after a reply during which half-duplex still ignores the microphone: a room's echo and the output latency."""


@dataclass(slots=True)
class Earshot:
    """Closes the ear of a session, and opens it again."""

    session: Session
    _deaf_until: float = 0.0
    _waking: Waking | None = field(init=False)
    """None where the ear is always open."""

    def __post_init__(self) -> None:
        word, profile = self.session.wake_word, self.session.profile
        self._waking = Waking(word, profile.turns.wake_timeout, self.session.parts.report) if word is not None else None

    def hears(self, frame: Audio, reply: Reply | None, overlapping: bool) -> bool:
        """Say whether a frame is for the ear: beside the last confirmed reply, and speech over it that is under way."""
        live = self.session.microphone is not None and self.session.microphone.live
        return not (live and self._deaf(reply, overlapping)) and self._awake(frame, reply)

    def _deaf(self, reply: Reply | None, overlapping: bool) -> bool:
        """Half-duplex: without echo cancellation an open microphone hears the reply itself."""
        keyed = isinstance(self.session.turns, PushTurns) and self.session.turns.down
        if self.session.profile.turns.barge_in or overlapping or keyed:
            return False
        if reply is not None and reply.sounding:
            self._deaf_until = anyio.current_time() + ECHO_TAIL
        return anyio.current_time() < self._deaf_until

    def _awake(self, frame: Audio, reply: Reply | None) -> bool:
        """Asleep, a frame is for the wake word only."""
        if self._waking is None:
            return True
        ears = self.session.turns
        replying = reply is not None and not reply.ended.is_set()
        return self._waking.listens(frame, replying or (isinstance(ears, Turns) and ears.inside))
