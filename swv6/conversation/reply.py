"""One answer to one turn: heard, thought and spoken at the same time, cancellable at any moment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeAlias

from anyio import CancelScope, Event, create_memory_object_stream, create_task_group, move_on_after
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from swv6.conversation.history import Clause, History, Spoken
from swv6.conversation.recordings import final
from swv6.conversation.voicing import voiced
from swv6.errors import BackendError, Swv6Error
from swv6.stages.fallback import Broken
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.text.sentences import clauses
from swv6.types import LLM, STT, TTS, Audio, Chat, Speaker

CLAUSES_AHEAD = 2
"""Clauses the language model may be ahead of the voice (architecture.md, the loop)."""
SOUNDS_AHEAD = 8
"""Sounds the voice may be ahead of the speaker (architecture.md, the loop)."""

Piece: TypeAlias = tuple[str, Audio | None]
"""A clause's text with its first sound, more sound, or None at its end."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reply is made with."""

    stt: STT
    llm: LLM
    tts: TTS
    speaker: Speaker
    speakable: Callable[[str], str]
    """A clause as written -> as it is said; empty when there is nothing to say."""
    report: events.Report
    first_words: int = 0
    """Words after which the first clause may be spoken, finished or not; 0 waits for its end."""
    hold: float = 0.0
    """Seconds at most that the language model stands still while the first clause gets its voice: on few cores the two
    slow each other down (facts: the same clause takes 650-1300 ms instead of 250-500 ms). 0 when each has its own."""
    keep: bool = False
    """Keep each reply's sound (in memory) for `Reply.sounds`."""


@dataclass(slots=True)
class Times:
    """When things happened, on the monotonic clock; 0 means not yet."""

    speech_end: float = 0.0
    decided: float = 0.0
    understood: float = 0.0
    first_delta: float = 0.0
    first_clause: float = 0.0
    first_sound: float = 0.0

    @staticmethod
    def between(begin: float, end: float) -> float:
        """Seconds from one to the other; 0 when either did not happen."""
        return max(0.0, end - begin) if begin and end else 0.0


@dataclass(slots=True)
class Reply:
    """A reply under way; prepared in silence until it is confirmed, kept as heard whatever ends it."""

    parts: Parts
    history: History
    question: Audio | str
    known: str | None = None
    """What the question says, when it has been transcribed already."""
    understood: Callable[[str], None] = lambda text: None
    """Told what was understood, as soon as it is."""
    turn: int = 0
    times: Times = field(default_factory=Times)
    scope: CancelScope = field(default_factory=CancelScope)
    ended: Event = field(default_factory=Event)
    sounding: bool = False
    outcome: str = "interrupted"
    text: str | None = None
    """What was understood; None before that."""
    heard: str = ""
    """What of the answer was played."""
    sounds: list[Audio] = field(default_factory=list)
    """What was sent to the speaker, when `parts.keep` is set."""
    forgotten: bool = False
    _confirmed: Event = field(default_factory=Event)
    _withheld: list[Callable[[], events.Event]] = field(default_factory=list)
    _asked: bool = False
    _voiced: Event = field(default_factory=Event)
    """Set when the first sound has been made."""
    _spoken: Spoken = field(default_factory=lambda: Spoken(0.0))
    _thinking: bool = True
    _problem: bool = False
    _rest: LLM | None = None
    """What is left of the model chain after a model died before anything was heard."""

    def confirm(self, turn: int, speech_end: float, decided: float) -> None:
        """Let the reply be heard: the turn has ended. Times are on the monotonic clock; 0 when typed."""
        self.turn, self.times.speech_end, self.times.decided = turn, speech_end, decided
        for event in self._withheld:
            self.parts.report(event())
        self._withheld.clear()
        self._confirmed.set()

    @property
    def spoken(self) -> str:
        """What has gone to the speaker so far."""
        return self._spoken.text

    def forget(self) -> None:
        """Drop a reply that was not confirmed: nobody heard of it."""
        self.forgotten = True
        self.scope.cancel()

    async def run(self, after: Event) -> None:
        """Answer, once the reply before has `ended`; a backend's error is reported, never raised."""
        try:
            with self.scope:
                await after.wait()
                self._spoken = Spoken(self.parts.speaker.played)
                await self._answer()
        except BackendError as error:
            message = str(error)
            self.outcome = "failed"
            self._report(lambda: events.Notice(message))
            with self.scope:
                await self._confirmed.wait()
        finally:
            self._end()

    async def _answer(self) -> None:
        text = await self._understand()
        self.text, self.times.understood = text, monotonic()
        self.understood(text)
        if not text:
            await self._confirmed.wait()
            self.outcome = "empty"
            return
        chain: LLM | None = self.parts.llm
        while chain is not None:
            chain = await self._attempt(chain, self.history.with_question(text))
        await self._commit()
        await self.parts.speaker.drain()
        self.outcome = "failed" if self._problem else "ok" if self._spoken.clauses else "empty"

    async def _understand(self) -> str:
        if isinstance(self.question, str) or self.known is not None:
            text = self.question if isinstance(self.question, str) else self.known or ""
            if self.known is not None:
                self._report(lambda: events.TurnHeard(self.turn, text, "", 0.0))
            return text.strip()
        heard = await final(self.parts.stt, self.question)
        self._report(lambda: events.TurnHeard(self.turn, heard.text, heard.backend, heard.elapsed))
        return heard.text.strip()

    async def _commit(self) -> None:
        """Wait until the turn has ended; only then does the question belong to the conversation."""
        await self._confirmed.wait()
        if not self._asked:
            self._asked = True
            self.history.asked(self.text or "")

    def _report(self, event: Callable[[], events.Event]) -> None:
        """Report an event, or keep it until the reply is confirmed and knows its turn."""
        if self._confirmed.is_set():
            self.parts.report(event())
        else:
            self._withheld.append(event)

    async def _attempt(self, chain: LLM, chat: Chat) -> LLM | None:
        """Think, speak and play at once; return the rest of the chain when all of it must be done again."""
        self._rest, self._thinking = None, True
        with CancelScope() as attempt:
            async with create_task_group() as tasks:
                to_voice, sentences = create_memory_object_stream[str](CLAUSES_AHEAD)
                to_speaker, sounds = create_memory_object_stream[Piece](SOUNDS_AHEAD)
                tasks.start_soon(self._think, chain, chat, to_voice, attempt)
                tasks.start_soon(self._speak, sentences, to_speaker)
                await self._play(sounds)
        if self._rest is not None:
            self._spoken.clauses.clear()
        return self._rest

    async def _think(self, chain: LLM, chat: Chat, out: MemoryObjectSendStream[str], attempt: CancelScope) -> None:
        try:
            async with (
                out,
                owned(chain(chat)) as deltas,
                owned(clauses(self._first_delta(deltas), self.parts.first_words)) as sentences,
            ):
                async for sentence in sentences:
                    self.times.first_clause = self.times.first_clause or monotonic()
                    await out.send(sentence)
                    if not self._voiced.is_set():
                        with move_on_after(self.parts.hold):
                            await self._voiced.wait()
        except Broken as broken:
            if broken.rest is not None and not self.times.first_sound:
                self._rest = broken.rest
                attempt.cancel()
            else:
                self._failed(broken, "the answer was cut short")
        except BackendError as error:
            self._failed(error, "no answer")
        finally:
            self._thinking = False

    def _clauses(self, deltas: AsyncIterator[str]) -> AsyncIterator[str]:
        return clauses(self._first_delta(deltas), self.parts.first_words)

    async def _first_delta(self, deltas: AsyncIterator[str]) -> AsyncIterator[str]:
        async for delta in deltas:
            self.times.first_delta = self.times.first_delta or monotonic()
            yield delta

    async def _speak(self, sentences: MemoryObjectReceiveStream[str], out: MemoryObjectSendStream[Piece]) -> None:
        async with out, sentences:
            async for sentence in sentences:
                await self._voice(sentence, self.parts.speakable(sentence), out)

    async def _voice(self, text: str, words: str, out: MemoryObjectSendStream[Piece]) -> None:
        """Speak one clause: its text goes with its first sound (or alone), and its end is marked."""
        unsaid = text
        try:
            async with owned(voiced(self.parts.tts, words)) as sounds:
                async for sound in sounds:
                    self._voiced.set()
                    await out.send((unsaid, sound))
                    unsaid = ""
        except BackendError as error:
            self._failed(error, f"not spoken: {words!r}")
        self._voiced.set()
        await out.send((unsaid, None))

    async def _play(self, sounds: MemoryObjectReceiveStream[Piece]) -> None:
        async with sounds:
            async for text, sound in sounds:
                await self._commit()
                if text:
                    self._spoken.clauses.append(Clause(text))
                    self.parts.report(events.ReplyText(self.turn, text))
                if sound is None:
                    self._spoken.clauses[-1].whole = True
                else:
                    await self._sound(sound)

    async def _sound(self, sound: Audio) -> None:
        self._first_sound()
        self._spoken.clauses[-1].seconds += sound.seconds
        if self.parts.keep:
            self.sounds.append(sound)
        await self.parts.speaker.play(sound)

    def _first_sound(self) -> None:
        if self.times.first_sound:
            return
        self.sounding, now = True, monotonic()
        self.times.first_sound = now
        t = self.times
        self.parts.report(
            events.FirstSound(self.turn, t.between(t.decided, now), t.between(t.speech_end, now), self._thinking)
        )

    def _failed(self, error: Swv6Error, what: str) -> None:
        self._problem = True
        message = f"{what}: {error}"
        self._report(lambda: events.Notice(message))

    def _end(self) -> None:
        if not self.forgotten and self._confirmed.is_set():
            self._keep()
        self.sounding = False
        self.ended.set()

    def _keep(self) -> None:
        cut = self.outcome == "interrupted"
        if self.text and not self._asked:
            self.history.asked(self.text)
        self.heard = self._spoken.heard(self.parts.speaker.played) if cut else self._spoken.text
        self.history.answered(self.heard, cut)
        t = self.times
        self.parts.report(
            events.ReplyEnded(
                self.turn,
                self.heard,
                self.outcome,
                stt=t.between(t.decided, t.understood),
                llm=t.between(t.understood, t.first_delta),
                tts=t.between(t.first_clause, t.first_sound),
                total=t.between(t.decided, t.first_sound),
            )
        )
