"""One conversation that is asked questions, and what can be seen of it from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

import anyio

from swv6.bench.calls import Calls, Path, path
from swv6.bench.ear import Ear
from swv6.bench.mouths import Mouth
from swv6.bench.questions import Question
from swv6.bench.recorder import CURRENT, Recorder
from swv6.bench.sequential import rest, sequential
from swv6.bench.turn import Points, Span, Turn
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.session import Session, open_session
from swv6.stages.build import Builder
from swv6.types import Audio, Microphone

PATIENCE = 60.0
"""Seconds from the beginning of a question after which it counts as unanswered."""

_numbers = count(1)


@dataclass(slots=True)
class Talker:
    """Asks, listens, and measures."""

    session: Session
    """As it was opened."""
    mouth: Mouth
    ear: Ear
    recorder: Recorder
    number: int = 1
    one_conversation: bool = False
    whole: bool = False
    """Let each answer be spoken to its end."""
    compare: bool = True
    """Do each turn the sequential way, too."""
    history: History | None = None

    async def ask(self, question: Question, run: int) -> Turn:
        """Ask one question, then have the same turn done sequentially."""
        CURRENT.set(self.recorder)
        history = self._history()
        before = list(history.messages)
        await rest(self.session.parts, history.chat())
        self.recorder.clear()
        self.ear.arm()
        if self.session.turns is not None:
            self.session.turns.reset()
        turn = await self._heard(question, history, Turn(question.name, question.text, run, self.number))
        asked = [call.request for call in self.recorder.calls.of("stt")]
        if self.compare and turn.points is not None and asked:
            turn = await self._compared(turn, asked[-1], History(fresh(self.session.profile.prompt), before))
        return turn

    def _history(self) -> History:
        if self.history is None or not self.one_conversation:
            self.history = History(fresh(self.session.profile.prompt))
        return self.history

    async def _heard(self, question: Question, history: History, turn: Turn) -> Turn:
        heard = list[float]()

        async def listen(microphone: Microphone) -> None:
            talk = Conversation(self._watched(microphone), history, limit=1)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._note, heard, tasks.cancel_scope.cancel)
                with anyio.move_on_after(PATIENCE):
                    await talk.listen()
                tasks.cancel_scope.cancel()

        end = await self.mouth.ask(question, listen)
        self.ear.stop()
        return seen(turn, end, heard[0] if heard else None, self.recorder, self.ear, self.whole)

    async def _note(self, heard: list[float], stop: Callable[[], None]) -> None:
        heard.append(await self.ear.heard())
        if not self.whole:
            stop()

    def _watched(self, microphone: Microphone) -> Session:
        parts, calls = self.session.parts, self.recorder.calls
        watched = replace(
            parts,
            stt=calls.watched("stt", parts.stt),
            llm=calls.watched("llm", parts.llm),
            tts=calls.watched("tts", parts.tts),
            speaker=self.ear,
            report=self.recorder,
        )
        return replace(self.session, parts=watched, microphone=microphone)

    async def _compared(self, turn: Turn, audio: Audio, history: History) -> Turn:
        await rest(self.session.parts, history.chat())
        return replace(turn, sequential=await sequential(self.session.parts, audio, history.chat()))


def fresh(prompt: str) -> str:
    """Give the prompt of a conversation that no model has seen: its prompt cache may know all but the last words."""
    return f"{prompt.rstrip()}\nSéance {next(_numbers)}."


def seen(turn: Turn, end: float | None, heard: float | None, recorder: Recorder, ear: Ear, whole: bool) -> Turn:
    """Put one turn together from what was noted of it; times become seconds from `end`, the true end of speech."""
    found = path(recorder.calls, ear.sound) if ear.sound is not None else None
    turn = replace(turn, events=dict(recorder.counts), notices=tuple(recorder.notices))
    if found:
        turn = replace(turn, heard=found.stt.items[-1].text.strip(), answer="".join(found.llm.items).strip())
    if heard is None:
        return replace(turn, problem="unanswered")
    if end is None or heard < end or (recorder.decided is not None and recorder.decided < end):
        return replace(turn, problem="cut off")
    turn = replace(turn, points=_points(end, heard, recorder, found), spans=_spans(end, recorder.calls, found))
    if found:
        forgotten = [c for c in recorder.calls.of("llm") if c is not found.llm and c.began < heard]
        early = recorder.decided is not None and found.llm.began < recorder.decided
        backends = {call.kind: call.backend for call in (found.stt, found.llm, found.tts)}
        turn = replace(turn, backends=backends, speculated=early, wasted=len(forgotten))
    return replace(turn, stalls=ear.stalls if whole else None)


def _points(end: float, heard: float, recorder: Recorder, found: Path | None) -> Points:
    def after(at: float | None) -> float | None:
        return at - end if at else None

    return Points(
        decided=after(recorder.decided),
        understood=after(found.stt.last if found else None),
        first_token=after(found.llm.first if found else None),
        clause=after(found.tts.began if found else None),
        sound=after(found.tts.first if found else None),
        audible=heard - end,
        vad_end=after(recorder.vad_end),
    )


def _spans(end: float, calls: Calls, found: Path | None) -> tuple[Span, ...]:
    used = (found.stt, found.llm, found.tts) if found else ()
    return tuple(
        Span(c.kind, c.began - end, c.first - end if c.first else None, c.ended - end, c.outcome, c in used)
        for c in calls.made
    )


@asynccontextmanager
async def talker(builder: Builder, mouth: Callable[[Session], Mouth], number: int) -> AsyncIterator[Talker]:
    """Open one conversation; the engines are the builder's, shared by all of them."""
    async with open_session(builder) as session:
        recorder = Recorder(Calls())
        yield Talker(session, mouth(session), Ear(session.parts.speaker), recorder, number)
