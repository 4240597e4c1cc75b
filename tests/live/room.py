"""A room: one real conversation through PortAudio, what is said into its microphone, what its loudspeaker plays."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import TypeVar

import anyio
import anyio.to_thread

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.session import open_session
from swv6.models.store import Store
from swv6.profiles import resolve
from swv6.stages.build import build
from swv6.telemetry.events import Event, Level
from swv6.types import Speaker
from tests.live.recording import Recording
from tests.virtual_audio import VirtualAudio

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = ROOT / "profiles" / "sounds"
BENCH = SOUNDS / "bench"
RATE = 22050
"""Hz of the virtual loudspeaker and of espeak: nothing is resampled on the way."""
PATIENCE = 60.0
"""Seconds after which a test has waited long enough, on any machine."""

E = TypeVar("E", bound=Event)


@dataclass
class Diary:
    """Every event but the level, with the monotonic time at which it was reported."""

    pages: list[tuple[float, Event]] = field(default_factory=list)
    speaker: Speaker | None = None
    played: list[float] = field(default_factory=list)
    """Seconds that the loudspeaker had played at each page; 0 before there was one."""

    def __call__(self, event: Event, /) -> None:
        """Write one down."""
        if not isinstance(event, Level):
            self.pages.append((monotonic(), event))
            self.played.append(self.speaker.played if self.speaker is not None else 0.0)

    def of(self, kind: type[E], since: int = 0) -> list[E]:
        """Give the events of one kind."""
        return [event for _, event in self.pages[since:] if isinstance(event, kind)]

    def times(self, kind: type[Event], since: int = 0) -> list[float]:
        """Say when those were."""
        return [at for at, event in self.pages[since:] if isinstance(event, kind)]

    def played_at(self, kind: type[Event], since: int = 0) -> list[float]:
        """Say how much the loudspeaker had played when those were reported."""
        return [self.played[at] for at in range(since, len(self.pages)) if isinstance(self.pages[at][1], kind)]

    def __str__(self) -> str:
        begin = self.pages[0][0] if self.pages else 0.0
        return "\n".join(f"{at - begin:7.2f} {event}" for at, event in self.pages)


@dataclass
class Room:
    """One conversation under way, seen from outside."""

    card: VirtualAudio
    talk: Conversation
    diary: Diary
    recording: Recording

    async def say(self, sound: Path) -> None:
        """Say a WAV file into the microphone, to its end."""
        await anyio.to_thread.run_sync(self.card.run, "say", str(sound))

    async def until(self, kind: type[E], since: int = 0, where: Callable[[E], bool] = lambda event: True) -> E:
        """Wait for an event; `since` counts the events to be left out."""
        with anyio.move_on_after(PATIENCE):
            while True:
                for event in self.diary.of(kind, since):
                    if where(event):
                        return event
                await anyio.sleep(0.01)
        raise AssertionError(f"no {kind.__name__} in {PATIENCE:.0f} s:\n{self.diary}")

    async def played(self, seconds: float) -> None:
        """Wait until the loudspeaker has played so much more."""
        speaker = self.talk.session.parts.speaker
        goal = speaker.played + seconds
        with anyio.fail_after(PATIENCE):
            while speaker.played < goal:  # noqa: ASYNC110 (a loudspeaker tells nobody)
                await anyio.sleep(0.01)

    @property
    def now(self) -> int:
        """What `since` needs, to leave out everything so far."""
        return len(self.diary.pages)


@asynccontextmanager
async def room(card: VirtualAudio, *overrides: str, profile: str = "default") -> AsyncIterator[Room]:
    """Hold the conversation of a profile until the block ends; its sounds are kept in `reply.sounds`."""
    diary = Diary()
    resolved = resolve(profile, ("cues=null", *overrides))  # what is recorded is the answer
    with Recording(card, RATE) as recording:
        async with build(resolved, Store(), diary) as builder, open_session(builder) as session:
            session = replace(session, parts=replace(session.parts, keep=True))
            diary.speaker = session.parts.speaker
            talk = Conversation(session, History(session.profile.prompt))
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(talk.listen)
                await anyio.sleep(0.3)  # the microphone's stream starts
                yield Room(card, talk, diary, recording)
                tasks.cancel_scope.cancel()
