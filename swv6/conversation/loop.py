"""The loop: listen for as long as we talk; each reply is a task of its own that speech may cancel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from time import monotonic

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.history import History
from swv6.conversation.reply import Reply, Times
from swv6.conversation.saving import Saver
from swv6.conversation.session import Session
from swv6.conversation.turns import Began, Ended, Turns
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.types import Audio

ECHO_TAIL = 0.3
"""Seconds after a reply during which half-duplex still ignores the microphone: a room's echo and the output latency."""


@dataclass(slots=True)
class Conversation:
    """One conversation under way."""

    session: Session
    history: History
    saver: Saver | None = None
    limit: int = 0
    """Replies after which it ends; 0 means never."""
    turns: int = 0
    reply: Reply | None = None
    _carry: list[Audio] = field(default_factory=list)
    """Sound of a turn that was interrupted before it was understood: it belongs to the next one."""
    _deaf_until: float = 0.0

    async def listen(self) -> None:
        """Talk until the microphone ends, or until `limit` replies were given."""
        microphone = self.session.microphone
        if microphone is None:
            raise RuntimeError("this session was opened for typing")
        async with anyio.create_task_group() as tasks, owned(microphone.frames()) as frames:
            async for frame in frames:
                if microphone.live and self._deaf():
                    self._ears.reset()
                    continue
                await self._take(list(self._ears.feed(frame)), tasks, wait=not microphone.live)
                if self._enough():
                    break
            await self._take(list(self._ears.flush()), tasks, wait=True)

    async def answer_lines(self, lines: AsyncIterator[str]) -> None:
        """Answer what is typed, line by line."""
        async with anyio.create_task_group() as tasks:
            async for line in lines:
                if line.strip():
                    await self._begin(line.strip(), Times(decided=monotonic()), tasks).ended.wait()
                if self._enough():
                    return

    @property
    def _ears(self) -> Turns:
        assert self.session.turns is not None
        return self.session.turns

    async def _take(self, decisions: list[Began | Ended], tasks: TaskGroup, wait: bool) -> None:
        for decision in decisions:
            if isinstance(decision, Began):
                self.interrupt()
                self.session.parts.report(events.TurnBegan(decision.at))
            else:
                reply = self._begin(self._joined(decision.audio), _times(decision), tasks)
                if wait:
                    await reply.ended.wait()

    def interrupt(self) -> None:
        """Stop the reply under way: fall silent at once, keep in the history what was heard."""
        reply = self.reply
        if reply is None or reply.ended.is_set():
            return
        reply.scope.cancel()
        self.session.parts.speaker.stop()
        if not reply.understood and isinstance(reply.question, Audio):
            self._carry = [reply.question]

    def _begin(self, question: Audio | str, times: Times, tasks: TaskGroup) -> Reply:
        before = self.reply.ended if self.reply else _already()
        self.turns += 1
        self.reply = Reply(self.turns, self.session.parts, self.history, question, times)
        tasks.start_soon(self._run, self.reply, before)
        return self.reply

    async def _run(self, reply: Reply, before: anyio.Event) -> None:
        try:
            await reply.run(before)
        finally:
            if self.saver is not None and reply.text:
                self.saver.keep(reply)

    def _joined(self, audio: Audio) -> Audio:
        """Put the sound of an interrupted, not yet understood turn before this one."""
        if not self._carry:
            return audio
        import numpy as np

        earlier, self._carry = self._carry, []
        return replace(audio, samples=np.concatenate([*(a.samples for a in earlier), audio.samples]))

    def _deaf(self) -> bool:
        """Half-duplex: without echo cancellation an open microphone hears the reply itself."""
        if self.session.profile.turns.barge_in:
            return False
        if self.reply is not None and self.reply.sounding:
            self._deaf_until = monotonic() + ECHO_TAIL
        return monotonic() < self._deaf_until

    def _enough(self) -> bool:
        return bool(self.limit) and self.turns >= self.limit and self.reply is not None and self.reply.ended.is_set()


def _times(decision: Ended) -> Times:
    """Put the microphone's clock onto the monotonic one: the decision is now."""
    now = monotonic()
    return Times(speech_end=now - (decision.decided - decision.speech_end), decided=now)


def _already() -> anyio.Event:
    event = anyio.Event()
    event.set()
    return event
