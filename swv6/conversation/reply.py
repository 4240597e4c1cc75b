"""A reply to one turn: prepared in silence, confirmed or forgotten, kept as it was heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from anyio import CancelScope, Event

from swv6.conversation.answer import Answer, OfTurn
from swv6.conversation.history import History
from swv6.conversation.partials import Look
from swv6.conversation.parts import Parts, Times
from swv6.errors import BackendError
from swv6.stages.answers.apology import only
from swv6.telemetry import events
from swv6.transcription.windows import final
from swv6.types import Audio


@dataclass(slots=True)
class Reply:
    """A reply under way; prepared in silence until it is confirmed, kept as heard whatever ends it."""

    parts: Parts
    history: History
    question: Audio | str
    known: str | Look | None = None
    """What the question says, when it has been transcribed already; or the look that is about to know."""
    understood: Callable[[str], None] = lambda text: None
    """Told what was understood, as soon as it is."""
    turn: int = 0
    times: Times = field(default_factory=Times)
    scope: CancelScope = field(default_factory=CancelScope)
    ended: Event = field(default_factory=Event)
    outcome: str = "interrupted"
    text: str | None = None
    """What was understood; None before that."""
    heard: str = ""
    """What of the answer was played."""
    forgotten: bool = False
    _confirmed: Event = field(default_factory=Event)
    _withheld: list[OfTurn] = field(default_factory=list)
    _asked: bool = False
    _answer: Answer = field(init=False)

    def __post_init__(self) -> None:
        self._answer = Answer(self.parts, self.times, self._report, self._commit)

    @property
    def sounding(self) -> bool:
        """Whether its sound is at the speaker."""
        return self._answer.sounding and not self.ended.is_set()

    @property
    def answered(self) -> bool:
        """Whether anything of an answer was heard; an apology is none."""
        return bool(self.heard) and not self._answer.apologised

    @property
    def spoken(self) -> str:
        """What has gone to the speaker so far."""
        return self._answer.spoken.text

    @property
    def sounds(self) -> list[Audio]:
        """What was sent to the speaker, when `parts.keep` is set."""
        return self._answer.sounds

    def confirm(self, turn: int, speech_end: float, decided: float) -> None:
        """Let the reply be heard: the turn has ended. Times are on the monotonic clock; 0 when typed."""
        self.turn, self.times.speech_end, self.times.decided = turn, speech_end, decided
        for event in self._withheld:
            self.parts.report(event(turn))
        self._withheld.clear()
        self._confirmed.set()

    def forget(self) -> None:
        """Drop a reply that was not confirmed: nobody heard of it."""
        self.forgotten = True
        self.scope.cancel()

    async def run(self, after: Event) -> None:
        """Answer, once the reply before has `ended`; a backend's error is reported, never raised."""
        try:
            with self.scope:
                await after.wait()
                await self._reply()
        except BackendError as error:
            message = str(error)
            self.outcome = "failed"
            self._report(lambda turn: events.Notice(message))
            with self.scope:
                await self._confirmed.wait()
        finally:
            self._end()

    async def _reply(self) -> None:
        try:
            text = await self._understand()
        except BackendError as error:
            if not self.parts.sorry():
                raise
            await self._apologise(error)
            return
        self.text, self.times.understood = text, monotonic()
        self.understood(text)
        if not text:
            await self._confirmed.wait()
            self.outcome = "empty"
            return
        await self._answer.give(self.history.with_question(text))
        await self._commit()
        await self.parts.speaker.drain()
        self.outcome = "failed" if self._answer.failed else "ok" if self._answer.spoken.clauses else "empty"

    async def _apologise(self, error: BackendError) -> None:
        """Say that the question could not be recognised; that is no part of the conversation."""
        self._answer.parts = replace(self.parts, llm=only(self.parts.sorry(), error))
        await self._answer.give(())
        await self._commit()
        await self.parts.speaker.drain()
        self.outcome = "failed"

    async def _understand(self) -> str:
        if isinstance(self.question, str):
            return self.question.strip()
        if isinstance(self.known, str):
            text = self.known
            self._report(lambda turn: events.TurnHeard(turn, text, "", 0.0))
            return text.strip()
        looked = await self.known.heard() if self.known is not None else None
        heard = looked or await final(self.parts.stt, self.question)
        self._report(lambda turn: events.TurnHeard(turn, heard.text, heard.backend, heard.elapsed))
        return heard.text.strip()

    async def _commit(self) -> None:
        """Wait until the turn has ended; only then does the question belong to the conversation."""
        await self._confirmed.wait()
        if not self._asked:
            self._asked = True
            if self.text:
                self.history.asked(self.text)

    def _report(self, event: OfTurn) -> None:
        """Report an event, or keep it until the reply is confirmed and knows its turn."""
        if self._confirmed.is_set():
            self.parts.report(event(self.turn))
        else:
            self._withheld.append(event)

    def _end(self) -> None:
        if not self.forgotten and self._confirmed.is_set():
            self._keep()
        self.ended.set()

    def _keep(self) -> None:
        cut = self.outcome == "interrupted"
        if self.text and not self._asked:
            self.history.asked(self.text)
        spoken = self._answer.spoken
        self.heard = spoken.heard(self.parts.speaker.played) if cut else spoken.text
        if self.text is not None:
            self.history.answered(self.heard, cut)
        t = self.times
        self.parts.report(
            events.ReplyEnded(
                self.turn,
                self.heard,
                self.outcome,
                stt=t.between(t.decided, t.understood),
                llm=t.between(t.understood, t.first_clause),
                tts=t.between(t.first_clause, t.first_sound),
                total=t.between(t.decided, t.first_sound),
            )
        )
