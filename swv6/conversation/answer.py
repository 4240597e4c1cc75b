"""One answer: thought, spoken and played at the same time, cancellable at any moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TypeAlias

from anyio import CancelScope, Event, create_memory_object_stream, create_task_group, move_on_after
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from swv6.conversation.history import Clause, Spoken
from swv6.conversation.parts import Parts, Times
from swv6.conversation.voicing import voiced
from swv6.errors import BackendError, Swv6Error
from swv6.plugins.standing import Standstill, current
from swv6.stages.answers.apology import Apologised
from swv6.stages.fallback import Broken
from swv6.stages.streams import owned
from swv6.telemetry import events
from swv6.text.sentences import clauses
from swv6.types import LLM, Audio, Chat

CLAUSES_AHEAD = 2
"""Clauses the language model may be ahead of the voice (docs/architecture.md, the loop)."""
SOUNDS_AHEAD = 8
"""Sounds the voice may be ahead of the speaker (docs/architecture.md, the loop)."""

Piece: TypeAlias = tuple[str, Audio | None]
"""A clause's text with its first sound, more sound, or None at its end."""
OfTurn: TypeAlias = Callable[[int], events.Event]
"""An event, once it is known which turn it belongs to."""


@dataclass(slots=True)
class Answer:
    """An answer under way: data goes from `_think` to `_speak` to `_play`, a cancel the other way."""

    parts: Parts
    times: Times
    report: Callable[[OfTurn], None]
    commit: Callable[[], Awaitable[None]]
    """Waited for before anything is shown or played."""
    spoken: Spoken = field(default_factory=lambda: Spoken(0.0))
    sounds: list[Audio] = field(default_factory=list)
    """What was sent to the speaker, when `parts.keep` is set."""
    sounding: bool = False
    failed: bool = False
    """Something of it could not be thought or spoken."""
    apologised: bool = False
    """All that was said is that there is no answer."""
    _voiced: Event = field(default_factory=Event)
    """Set when the first sound has been made."""
    _model: Standstill = field(default_factory=Standstill)
    _thinking: bool = True
    _rest: LLM | None = None
    """What is left of the model chain after a model died before anything was heard."""

    async def give(self, chat: Chat) -> None:
        """Answer a conversation; a model that dies before anything is heard is replaced by the next one."""
        self.spoken = Spoken(self.parts.speaker.played)
        chain: LLM | None = self.parts.llm
        while chain is not None:
            chain = await self._attempt(chain, chat)

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
            self.spoken.clauses.clear()
        return self._rest

    async def _think(self, chain: LLM, chat: Chat, out: MemoryObjectSendStream[str], attempt: CancelScope) -> None:
        current.set(self._model)
        try:
            async with (
                out,
                owned(chain(chat)) as deltas,
                owned(clauses(deltas, self.parts.first_words)) as sentences,
            ):
                async for sentence in sentences:
                    self.times.first_clause = self.times.first_clause or monotonic()
                    await self._hand_over(sentence, out)
        except Broken as broken:
            if broken.rest is not None and not self.times.first_sound:
                self._rest = broken.rest
                attempt.cancel()
            else:
                self.apologised = isinstance(broken, Apologised)
                self._failed(broken, "no answer" if self.apologised else "the answer was cut short")
        except BackendError as error:
            self._failed(error, "no answer")
        finally:
            self._thinking = False

    async def _hand_over(self, sentence: str, out: MemoryObjectSendStream[str]) -> None:
        """Give a clause to the voice; the model stands still while the first one gets its sound.

        A token computed beside a voice takes ten times as long, and the voice half as long again: first the model
        stands, then the voice begins.
        """
        if self._voiced.is_set() or not self.parts.hold:
            await out.send(sentence)
            return
        await self._model.ask()
        await out.send(sentence)
        with move_on_after(self.parts.hold):
            await self._voiced.wait()
        self._model.release()

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
                await self.commit()
                if text:
                    self.spoken.clauses.append(Clause(text))
                    self.report(partial(events.ReplyText, text=text))
                if sound is None:
                    self.spoken.clauses[-1].whole = True
                else:
                    await self._sound(sound)

    async def _sound(self, sound: Audio) -> None:
        self._first_sound()
        self.spoken.clauses[-1].seconds += sound.seconds
        if self.parts.keep:
            self.sounds.append(sound)
        await self.parts.speaker.play(sound)

    def _first_sound(self) -> None:
        if self.times.first_sound:
            return
        self.sounding, now = True, monotonic()
        self.times.first_sound = now
        t = self.times
        self.report(
            partial(
                events.FirstSound,
                after_decision=t.between(t.decided, now),
                after_speech=t.between(t.speech_end, now),
                thinking=self._thinking,
            )
        )

    def _failed(self, error: Swv6Error, what: str) -> None:
        self.failed = True
        message = f"{what}: {error}"
        self.report(lambda turn: events.Notice(message))
