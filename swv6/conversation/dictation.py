"""The loop of dictation: each turn becomes text, in order; nothing is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
from anyio.abc import TaskGroup

from swv6.conversation.dictated import Ear, Said
from swv6.conversation.hints import Hints
from swv6.conversation.manual import PushTurns
from swv6.conversation.partials import Look, Partials
from swv6.conversation.turns import Began, Ended, Grew, Paused, Resumed, TurnEvent, Turns
from swv6.conversation.waking import Waking
from swv6.errors import BackendError, DeviceError
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.transcription.windows import final
from swv6.types import Audio, Transcript


@dataclass(slots=True)
class _Take:
    """A turn that is being transcribed; begun in a pause, it is dropped when the turn goes on."""

    audio: Audio
    look: Look | None = None
    """Has heard all of it, or is about to."""
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    done: anyio.Event = field(default_factory=anyio.Event)
    transcript: Transcript | None = None
    error: BackendError | None = None


@dataclass(slots=True)
class Dictation:
    """Dictation under way."""

    ear: Ear
    say: Callable[[Said], None]
    limit: int = 0
    """Utterances after which it ends; 0 means never."""
    said: int = 0
    failed: int = 0
    """Turns that no backend could transcribe."""
    _began: float = 0.0
    """Seconds on the microphone's clock: when the turn under way began."""
    _reading: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    _cut: bool = False
    _take: _Take | None = None
    """What was begun in the pause under way."""
    _last: anyio.Event | None = None
    """Set when the turn before has been said."""
    _hints: Hints = field(init=False)
    _partials: Partials = field(init=False)
    _waking: Waking | None = None

    def __post_init__(self) -> None:
        ear, turns = self.ear, self.ear.profile.turns
        self._hints = Hints(ear.profile.language, ear.turns.expect, ear.report, ear.turn_end, turns.speculate)
        self._partials = Partials(ear.stt, ear.report)
        if ear.wake_word is not None:
            self._waking = Waking(ear.wake_word, turns.wake_timeout, ear.report)

    async def listen(self) -> None:
        """Turn speech into text until the microphone ends, `limit` is reached or `stop` is called.

        What was begun is said to its end. Raises DeviceError, after that, when the microphone is lost for good.
        """
        lost: DeviceError | None = None
        async with anyio.create_task_group() as tasks:
            try:
                with self._reading:
                    await self._read(tasks)
            except DeviceError as error:
                lost = error
            if not self._enough:
                await self._decide(list(self.ear.turns.flush()), tasks)
            self._partials.off = True
        if lost is not None:
            raise lost

    def stop(self) -> None:
        """Listen no more; what was said until now is still transcribed."""
        self._reading.cancel()

    def press(self) -> None:
        """Begin or end a turn by hand; where speech begins turns, end it."""
        ears = self.ear.turns
        if isinstance(ears, PushTurns) and not ears.down:
            ears.push()
            self.ear.report(events.Keyed(True))
        else:
            self._cut = True

    @property
    def _enough(self) -> bool:
        return bool(self.limit) and self.said >= self.limit

    async def _read(self, tasks: TaskGroup) -> None:
        async with owned(self.ear.microphone.frames()) as frames:
            async for frame in frames:
                if self._cut:
                    self._cut = False
                    await self._decide(list(self.ear.turns.flush()), tasks)
                    self.ear.report(events.Keyed(False))
                if self._awake(frame):
                    await self._decide(list(self.ear.turns.feed(frame)), tasks)
                if self._enough:
                    return

    def _awake(self, frame: Audio) -> bool:
        """Whether a frame is for the ear; asleep it is for the wake word only."""
        turns = self.ear.turns
        if self._waking is None or self._waking.listens(frame, isinstance(turns, Turns) and turns.inside):
            return True
        turns.reset()
        return False

    async def _decide(self, decisions: list[TurnEvent], tasks: TaskGroup) -> None:
        for decision in decisions:
            match decision:
                case Began():
                    self._began = decision.at
                    self.ear.report(events.TurnBegan(decision.at))
                case Grew() if self.ear.microphone.live:
                    self._partials.grew(decision, tasks)
                case Paused():
                    look = self._partials.paused(decision)
                    self._hints.paused(decision.audio, tasks)
                    if self.ear.profile.turns.speculate:
                        self._take = self._begin(decision.audio, tasks, look)
                case Resumed():
                    self._partials.resumed()
                    self._drop()
                case Ended():
                    self._partials.ended()
                    await self._ended(decision, tasks)
                case _:
                    pass

    async def _ended(self, ended: Ended, tasks: TaskGroup) -> None:
        take, self._take = self._take or self._begin(ended.audio, tasks), None
        before, self._last = self._last, anyio.Event()
        times = self._began, ended.speech_end
        tasks.start_soon(self._commit, take, times, before, self._last)
        if not self.ear.microphone.live:  # a recording waits
            await self._last.wait()

    def _begin(self, audio: Audio, tasks: TaskGroup, look: Look | None = None) -> _Take:
        take = _Take(audio, look)
        tasks.start_soon(self._transcribe, take)
        return take

    def _drop(self) -> None:
        if self._take is not None:
            self._take.scope.cancel()
            self._take = None

    async def _transcribe(self, take: _Take) -> None:
        try:
            with take.scope:
                looked = await take.look.heard() if take.look is not None else None
                take.transcript = looked or await final(self.ear.stt, take.audio)
                if take is self._take and take.transcript.text.strip():
                    self.ear.report(events.HeardSoFar(take.transcript.text))
                    self._hints.understood(take.transcript.text)
        except BackendError as error:
            take.error = error
        finally:
            take.done.set()

    async def _commit(
        self, take: _Take, times: tuple[float, float], before: anyio.Event | None, said: anyio.Event
    ) -> None:
        """Say a turn, after the one before."""
        await take.done.wait()
        if before is not None:
            await before.wait()
        if take.error is not None:
            self.failed += 1
            self.ear.report(events.Notice(f"not understood: {take.error}"))
        elif take.transcript is not None and take.transcript.text.strip() and not self._enough:
            self.said += 1
            self.say(Said(*times, take.transcript))
        said.set()
        if self._enough:
            self.stop()
