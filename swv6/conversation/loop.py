"""The loop: listen for as long as we talk; each reply is a task of its own that speech may cancel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from time import monotonic

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.barge import Intrusion
from swv6.conversation.hints import Hints
from swv6.conversation.history import History
from swv6.conversation.level import LevelMeter
from swv6.conversation.manual import Ears, PushTurns
from swv6.conversation.partials import Partials
from swv6.conversation.reply import Reply
from swv6.conversation.saving import kept
from swv6.conversation.session import Session
from swv6.conversation.turns import Began, Ended, Grew, Insisted, Paused, Resumed, TurnEvent, Turns
from swv6.conversation.waking import Waking
from swv6.sessions.turn import Keeps
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.telemetry.stamps import CURRENT
from swv6.types import Audio

ECHO_TAIL = 0.3
"""Seconds after a reply during which half-duplex still ignores the microphone: a room's echo and the output latency."""


@dataclass(slots=True)
class Conversation:
    """One conversation under way."""

    session: Session
    history: History
    saver: Keeps | None = None
    limit: int = 0
    """Replies after which it ends; 0 means never."""
    turns: int = 0
    reply: Reply | None = None
    """The last confirmed reply."""
    guess: Reply | None = None
    """A reply prepared during a pause, not confirmed yet."""
    tasks: TaskGroup | None = None
    """Where replies live, while it listens."""
    unanswered: int = 0
    """Turns that nothing was heard of in answer."""
    muted: bool = False
    """The microphone is ignored."""
    cut: bool = False
    """What is being said ends with the next frame."""
    _intrusion: Intrusion | None = None
    _carry: list[Audio] = field(default_factory=list)
    """Sound of a turn that was interrupted before it was understood: it belongs to the next one."""
    _deaf_until: float = 0.0
    _hints: Hints = field(init=False)
    _partials: Partials = field(init=False)
    _waking: Waking | None = field(init=False)
    """None where the ear is always open."""

    def __post_init__(self) -> None:
        session, turns = self.session, self.session.profile.turns
        report, word = session.parts.report, session.wake_word
        self._hints = Hints(session.profile.language, self._expect, report, session.turn_end, turns.speculate)
        self._partials = Partials(session.parts.stt, report, turns.partial, self._read_ahead)
        self._waking = Waking(word, turns.wake_timeout, report) if word is not None else None

    async def listen(self) -> None:
        """Talk until the microphone ends, or until `limit` replies were given."""
        microphone = self.session.microphone
        if microphone is None:
            raise RuntimeError("this session was opened for typing")
        meter = LevelMeter(self.session.parts.report)
        async with anyio.create_task_group() as tasks, owned(microphone.frames()) as frames:
            self.tasks = tasks
            async for frame in frames:
                if self.cut:
                    self.cut = False
                    await self._take(list(self._ears.flush()), tasks, wait=not microphone.live)
                if self.muted or (microphone.live and self._deaf()):
                    self._ears.reset()
                    continue
                if not self._awake(frame):
                    continue
                meter.feed(frame)
                await self._take(list(self._ears.feed(frame)), tasks, wait=not microphone.live)
                if self._enough():
                    break
            await self._take(list(self._ears.flush()), tasks, wait=True)
            self.forget_guess()

    async def answer_lines(self, lines: AsyncIterator[str]) -> None:
        """Answer what is typed, line by line."""
        async with anyio.create_task_group() as tasks:
            async for line in lines:
                if line.strip():
                    await self.ask(line.strip(), tasks).ended.wait()
                if self._enough():
                    return

    def ask(self, text: str, tasks: TaskGroup) -> Reply:
        """Answer what was typed."""
        self.forget_guess()
        reply = self._prepare(text, None, tasks)
        self._confirm(reply, 0.0, monotonic())
        return reply

    @property
    def _ears(self) -> Ears:
        assert self.session.turns is not None
        return self.session.turns

    async def _take(self, decisions: list[TurnEvent], tasks: TaskGroup, wait: bool) -> None:
        for decision in decisions:
            match decision:
                case Began():
                    self.session.parts.report(events.TurnBegan(decision.at))
                    self._intrude(tasks)
                case Paused():
                    self._paused(decision.audio, tasks)
                case Resumed():
                    self._resumed(tasks)
                case Insisted():
                    if self._held:
                        self._held.judge(decision.audio, tasks, paused=False)
                case Grew():
                    if self._held is None and self.session.microphone is not None and self.session.microphone.live:
                        self._partials.grew(decision.audio, tasks)
                case Ended():
                    self._partials.ended()
                    await self._ended(decision, tasks)
                    if wait and self.reply is not None:
                        await self.reply.ended.wait()

    @property
    def _held(self) -> Intrusion | None:
        """The speech over an answer that is not known for an interruption yet."""
        return self._intrusion if self._intrusion is not None and not self._intrusion.interrupting else None

    def _intrude(self, tasks: TaskGroup) -> None:
        """Speech while an answer is prepared or spoken: hold the answer until it is known what the speech is."""
        reply = self.reply
        if self._intrusion is not None or reply is None or reply.ended.is_set() or reply.scope.cancel_called:
            return
        if reply.text is None:  # not understood yet: the person has simply not finished
            self.interrupt()
        else:

            def interrupt(audio: Audio, text: str | None) -> None:
                self.interrupt()
                if text is not None and self.session.profile.turns.speculate:
                    self.guess = self._prepare(self._joined(audio), None if self._carry else text, tasks)

            if isinstance(self._ears, Turns):
                self._ears.careful = True
            self._intrusion = Intrusion(self.session.parts, self.session.profile.language, interrupt, reply.spoken)

    def _paused(self, audio: Audio, tasks: TaskGroup) -> None:
        self._partials.ended()
        self._hints.paused(None if self._held else audio, tasks)
        if self._held:
            self._held.judge(audio, tasks, paused=True)
        elif self.session.profile.turns.speculate:
            self.guess = self._prepare(self._joined(audio), None, tasks)

    def _resumed(self, tasks: TaskGroup) -> None:
        self.forget_guess()
        if self._held:
            self._held.resumed()
        elif self._intrusion is None:
            self._intrude(tasks)

    async def _ended(self, decision: Ended, tasks: TaskGroup) -> None:
        held, self._intrusion = self._held, None
        if held is not None and not await held.verdict(decision.audio, tasks):
            return
        reply, self.guess = self.guess, None
        if reply is None:
            reply = self._prepare(self._joined(decision.audio), None, tasks)
        else:
            self.session.parts.report(events.Guessed(adopted=True))
        self._carry.clear()
        now = monotonic()
        self._confirm(reply, now - (decision.decided - decision.speech_end), now)

    def interrupt(self) -> None:
        """Stop the reply under way: fall silent at once, keep in the history what was heard."""
        self.session.parts.speaker.stop()
        reply = self.reply
        if reply is None or reply.ended.is_set():
            return
        reply.scope.cancel()
        if reply.text is None and isinstance(reply.question, Audio):
            self._carry = [reply.question]

    def _prepare(self, question: Audio | str, known: str | None, tasks: TaskGroup) -> Reply:
        """Begin a reply that is not heard before it is confirmed."""
        before = self.reply.ended if self.reply else already()
        reply = Reply(self.session.parts, self.history, question, known, self._understood)
        tasks.start_soon(self._run, reply, before, self.turns + 1)
        return reply

    def _understood(self, text: str) -> None:
        """Let the words of a paused turn say whether it is finished."""
        if self.guess is not None and self.session.turns is not None:
            self.session.parts.report(events.HeardSoFar(text))
            self._hints.understood(text)

    async def _read_ahead(self, text: str) -> None:
        """Let the model read the beginning of a question, as it will read the whole one."""
        if self.session.parts.read_ahead is not None and not self._carry:
            await self.session.parts.read_ahead(self.history.with_question(text))

    def _expect(self, finished: bool | None) -> None:
        if self.session.turns is not None:
            self._ears.expect(finished)

    def _confirm(self, reply: Reply, speech_end: float, decided: float) -> None:
        self.turns += 1
        self.reply = reply
        self.session.parts.report(events.TurnEnded(self.turns, decided - speech_end if speech_end else 0.0))
        reply.confirm(self.turns, speech_end, decided)

    async def _run(self, reply: Reply, before: anyio.Event, turn: int) -> None:
        CURRENT.set(turn)
        try:
            await reply.run(before)
        finally:
            self.unanswered += reply.outcome == "failed" and not reply.answered
            if self.saver is not None and reply.text and not reply.forgotten:
                self.saver.keep(kept(reply))

    def forget_guess(self) -> None:
        """Throw an answer away that was prepared in a pause."""
        if self.guess is not None:
            self.guess.forget()
            self.guess = None
            self.session.parts.report(events.Guessed(adopted=False))

    def _joined(self, audio: Audio) -> Audio:
        """Put the sound of an interrupted, not yet understood turn before this one."""
        if not self._carry:
            return audio
        import numpy as np

        return replace(audio, samples=np.concatenate([*(a.samples for a in self._carry), audio.samples]))

    def _deaf(self) -> bool:
        """Half-duplex: without echo cancellation an open microphone hears the reply itself."""
        keyed = isinstance(self._ears, PushTurns) and self._ears.down
        if self.session.profile.turns.barge_in or self._intrusion is not None or keyed:
            return False
        if self.reply is not None and self.reply.sounding:
            self._deaf_until = anyio.current_time() + ECHO_TAIL
        return anyio.current_time() < self._deaf_until

    def _awake(self, frame: Audio) -> bool:
        """Whether a frame is for the ear; asleep it is for the wake word only."""
        if self._waking is None:
            return True
        replying = self.reply is not None and not self.reply.ended.is_set()
        if self._waking.listens(frame, replying or (isinstance(self._ears, Turns) and self._ears.inside)):
            return True
        self._ears.reset()
        return False

    def _enough(self) -> bool:
        return bool(self.limit) and self.turns >= self.limit and self.reply is not None and self.reply.ended.is_set()


def already() -> anyio.Event:
    """Give an event that has happened."""
    event = anyio.Event()
    event.set()
    return event
