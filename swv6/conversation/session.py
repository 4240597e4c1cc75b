"""Everything one conversation needs, opened from a profile and closed in order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from anyio import create_task_group

from swv6.conversation.cueing import cues
from swv6.conversation.history import History
from swv6.conversation.loading import Loading
from swv6.conversation.manner import Manner
from swv6.conversation.manual import Ears, ears
from swv6.conversation.parts import Parts
from swv6.conversation.room import Room
from swv6.conversation.states import States
from swv6.conversation.summarising import Summariser
from swv6.conversation.ways import Ways
from swv6.errors import DeviceError
from swv6.profiles import Profile
from swv6.profiles.prompts import prompted
from swv6.sessions.archive import Story
from swv6.stages.build import Builder
from swv6.stages.devices import fastest_allowed, first_that_opens, open_filters, open_turn_end, open_wake_word
from swv6.stages.echo import without_echo
from swv6.stages.mute import Mute
from swv6.stages.tools.calling import with_tools
from swv6.stages.tools.opening import open_tools
from swv6.stages.tools.timers import Timers
from swv6.telemetry.events import Notice, Report, SessionBegan, SessionEnded
from swv6.types import Audio, Chat, Message, Microphone, Speaker, TurnEnd, WakeWord

HOLD = 2.0
"""Seconds: more than a voice needs for a first clause on two cores (0.4 s alone, 1.3 s at worst)."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open conversation: its parts, and its ear unless the user types."""

    profile: Profile
    parts: Parts
    turns: Ears | None
    microphone: Microphone | None
    turn_end: TurnEnd | None = None
    """Says from its sound whether a pause is the end of a turn."""
    wake_word: WakeWord | None = None
    """What the ear is closed without; None keeps it open."""
    room: Room | None = None
    """How much of the conversation the language model is told."""

    timers: Timers | None = None
    """What is to be said later."""
    summing: Summariser | None = None
    """Sums up what a model is not told any more; None drops it."""

    def history(self, earlier: Story | None = None) -> History:
        """Begin to remember; `earlier` is a session that goes on."""
        history = History(self.profile.prompt, earlier.messages() if earlier else [], self.room)
        if self.summing is not None:
            self.summing.remember(history)
        return history


@asynccontextmanager
async def open_session(builder: Builder, typed: bool = False) -> AsyncIterator[Session]:
    """Open devices first (they fail fastest), then every chain at once, each warmed with a tiny request.

    Raises DeviceError, ModelError, HardwareError, MissingExtra or Unavailable.
    """
    profile = prompted(builder.profile)
    microphone = None if typed else await first_that_opens(builder, "microphone")
    turns = None if typed else ears(await fastest_allowed(builder), profile.turns)
    turn_end = None if typed else await open_turn_end(builder)
    wake_word = None if typed or profile.turns.mode == "push" else await open_wake_word(builder)
    speaker = await _speaker(builder, typed)
    if cleaned := await without_echo(builder, microphone, speaker):
        microphone, profile = cleaned, _open_ears(profile)
    hearing = await open_filters(builder, "transcript_filters")
    speaking = await open_filters(builder, "text_filters")
    await _load(builder, profile.prompt, hears=not typed, speaks=speaker is not None)
    box = await open_tools(builder)
    box.speech = manner = Manner(Ways(builder, speaking, hearing))
    summing = _summariser(builder, manner)
    report: Report = States(manner.heard(box.timers.hearing(builder.report)))
    report = summing.hearing(report) if summing else report
    if cueing := cues(builder, microphone, speaker):
        report = cueing.hearing(report)
        microphone = microphone if profile.turns.barge_in else cueing.kept_from(microphone)
    parts = Parts(
        stt=manner.stt,
        llm=summing.before(with_tools(manner.llm, box)) if summing else with_tools(manner.llm, box),
        tts=manner.tts if speaker else _unspoken,
        speaker=speaker or Mute(),
        speakable=manner.speakable,
        sorry=manner.sorry,
        report=report,
        read_ahead=_read_ahead(builder, manner) if profile.turns.speculate else None,
        first_words=profile.turns.first_words,
        hold=HOLD if profile.gpu is None and speaker else 0.0,
        ducked=profile.playback.ducked if profile.playback.spoken_over == "duck" else None,
    )
    builder.report(SessionBegan(profile.name, profile.language))
    if cueing:
        cueing.began(asleep=wake_word is not None or profile.turns.mode == "push")
    try:
        yield Session(profile, parts, turns, microphone, turn_end, wake_word, _room(builder), box.timers, summing)
    finally:
        builder.report(SessionEnded())


async def _load(builder: Builder, prompt: str, hears: bool, speaks: bool) -> None:
    """Open what is needed, all at once, and let each answer a tiny request."""
    loading, hello = Loading(builder.report), (Message("system", prompt), Message("user", "Bonjour"))
    work = [loading.stage("llm", partial(builder.warm, "llm", hello))]
    if hears:
        work.append(loading.stage("stt", partial(builder.open, "stt")))
    if speaks:
        work.append(loading.stage("tts", partial(builder.warm, "tts", "Bonjour.")))
    async with create_task_group() as tasks:
        for one in (*work, loading.tell):
            tasks.start_soon(one)


def _summariser(builder: Builder, manner: Manner) -> Summariser | None:
    """Sum up with the conversation's own model, which has read it already."""
    if not builder.profile.memory.summary:
        return None
    llm = builder.chain("llm").stage
    return Summariser(lambda chat: llm(manner.told(chat)), builder.tasks, builder.profile.language)


def _room(builder: Builder) -> Room:
    """Count as the language model does that is open, or guess."""
    memory, counting = builder.profile.memory, builder.counting()
    if counting is None:
        return Room(memory.tokens, memory.keep)
    return Room(min(memory.tokens, counting.room), memory.keep, counting.count_tokens)


def _read_ahead(builder: Builder, manner: Manner) -> Callable[[Chat], Awaitable[None]] | None:
    counting = builder.counting()
    if counting is None or (read := counting.read_ahead) is None:
        return None
    return lambda chat: read(manner.told(chat))


def _open_ears(profile: Profile) -> Profile:
    """Listen while the answer is spoken: its echo is cancelled."""
    return profile.model_copy(update={"turns": profile.turns.model_copy(update={"barge_in": True})})


async def _speaker(builder: Builder, typed: bool) -> Speaker | None:
    """Open the speaker; a typed conversation goes on without one."""
    try:
        speaker: Speaker = await first_that_opens(builder, "speaker")
    except DeviceError as error:
        if not typed:
            raise
        builder.report(Notice(f"{error.what}: answers are shown, not spoken"))
        return None
    return speaker


async def _unspoken(text: str, /) -> AsyncIterator[Audio]:
    """Speak nothing."""
    nothing: tuple[Audio, ...] = ()
    for sound in nothing:
        yield sound
