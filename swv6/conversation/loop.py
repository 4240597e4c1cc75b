"""The loop: listen for as long as we talk; what is decided of each frame prepares, confirms or cancels replies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import InitVar, dataclass, field

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.earshot import Earshot
from swv6.conversation.hints import Hints
from swv6.conversation.history import History
from swv6.conversation.level import LevelMeter
from swv6.conversation.manual import Ears
from swv6.conversation.overlap import Overlap
from swv6.conversation.partials import Partials
from swv6.conversation.replies import Replies
from swv6.conversation.session import Session
from swv6.conversation.turns import Began, Ended, Grew, Insisted, Paused, Resumed, TurnEvent
from swv6.sessions.turn import Keeps
from swv6.stages.streams import owned
from swv6.telemetry import events


@dataclass(slots=True)
class Conversation:
    """One conversation under way."""

    session: Session
    history: History
    saver: InitVar[Keeps | None] = None
    limit: int = 0
    """Replies after which it ends; 0 means never."""
    tasks: TaskGroup | None = None
    """Where replies live, while it listens."""
    muted: bool = False
    """The microphone is ignored."""
    cut: bool = False
    """What is being said ends with the next frame."""
    replies: Replies = field(init=False)
    _overlap: Overlap = field(init=False)
    _earshot: Earshot = field(init=False)
    _hints: Hints = field(init=False)
    _partials: Partials = field(init=False)

    def __post_init__(self, saver: Keeps | None) -> None:
        session, parts, turns = self.session, self.session.parts, self.session.profile.turns
        self.replies = Replies(parts, self.history, saver, self._understood)
        self._overlap, self._earshot = Overlap(session, self.replies), Earshot(session)
        self._hints = Hints(session.profile.language, self._expect, parts.report, session.turn_end, turns.speculate)
        self._partials = Partials(parts.stt, parts.report, self.replies.read_ahead)

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
                    await self._take(self._ears.flush(), tasks, wait=not microphone.live)
                if self.muted or not self._earshot.hears(frame, self.replies.last, self._overlap.under_way):
                    self._ears.reset()
                    continue
                meter.feed(frame)
                await self._take(self._ears.feed(frame), tasks, wait=not microphone.live)
                if self._enough():
                    break
            await self._take(self._ears.flush(), tasks, wait=True)
            self.replies.forget_guess()

    async def answer_lines(self, lines: AsyncIterator[str]) -> None:
        """Answer what is typed, line by line."""
        async with anyio.create_task_group() as tasks:
            async for line in lines:
                if line.strip():
                    await self.replies.ask(line.strip(), tasks).ended.wait()
                if self._enough():
                    return

    @property
    def _ears(self) -> Ears:
        assert self.session.turns is not None
        return self.session.turns

    async def _take(self, decided: Iterable[TurnEvent], tasks: TaskGroup, wait: bool) -> None:
        for decision in list(decided):  # all of them first: what follows may change what the ear expects
            match decision:
                case Began():
                    self.session.parts.report(events.TurnBegan(decision.at))
                    self._overlap.began(tasks)
                case Paused():
                    self._paused(decision, tasks)
                case Resumed():
                    self._partials.resumed()
                    self.replies.forget_guess()
                    self._overlap.resumed(tasks)
                case Insisted():
                    if held := self._overlap.held:
                        held.judge(decision.audio, tasks, paused=False)
                case Grew():
                    self._grew(decision, tasks)
                case Ended():
                    await self._ended(decision, tasks, wait)

    def _grew(self, grew: Grew, tasks: TaskGroup) -> None:
        microphone = self.session.microphone
        if self._overlap.held is None and microphone is not None and microphone.live:
            self._partials.grew(grew, tasks)

    def _paused(self, pause: Paused, tasks: TaskGroup) -> None:
        held, audio = self._overlap.held, pause.audio
        look = self._partials.paused(pause)
        self._hints.paused(None if held else audio, tasks)
        if held:
            held.judge(audio, tasks, paused=True)
        elif self.session.profile.turns.speculate:
            self.replies.prepare(audio, tasks, look)

    async def _ended(self, decision: Ended, tasks: TaskGroup, wait: bool) -> None:
        self._partials.ended()
        if await self._overlap.ended(decision.audio, tasks):
            self.replies.answer(decision, tasks)
        if wait and self.replies.last is not None:
            await self.replies.last.ended.wait()

    def _understood(self, text: str) -> None:
        """Let the words of a paused turn say whether it is finished."""
        if self.session.turns is not None:
            self.session.parts.report(events.HeardSoFar(text))
            self._hints.understood(text)

    def _expect(self, finished: bool | None) -> None:
        if self.session.turns is not None:
            self._ears.expect(finished)

    def _enough(self) -> bool:
        return bool(self.limit) and self.replies.turns >= self.limit and self.replies.under_way is None
