"""One conversation in which everything happens: it reports every kind of event there is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from pydantic import BaseModel

from swv6.conversation.by_hand import Hands
from swv6.conversation.loop import Conversation
from swv6.conversation.session import open_session
from swv6.errors import BackendError, DeviceError
from swv6.models.store import Store
from swv6.plugins import Backend, Options
from swv6.plugins.tools import Scene, Tool
from swv6.profiles import Choice, Profile
from swv6.stages.build import build
from swv6.telemetry import events
from swv6.types import Audio, Chat, Transcript
from tests.conversation.fakes import FRAME_SECONDS, FakeSpeaker, LevelVAD, Log, sound, speaks
from tests.conversation.test_waking import WORD, LevelWord
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio

VOICE = 0.9
"""Level of speech."""


@pytest.fixture
def anyio_backend() -> object:
    """Let an hour pass in no time."""
    return BACKEND


def choice(name: str, make: Callable[[], Any]) -> Choice:
    """Name a backend that `make` makes; whoever uses it is warned."""

    @asynccontextmanager
    async def open_(options: Options) -> AsyncIterator[Any]:
        yield make()

    offer = Backend(name, "A fake.", open_, Options, warning="a fake")
    return Choice(backend=name, options=Options(), offer=offer)


class Microphone:
    """Plays spans of (seconds, level), in their own time, and is unplugged at their end, or ends."""

    live = True

    def __init__(self, *spans: tuple[float, float], unplugged: bool = False) -> None:
        self.spans, self.unplugged = spans, unplugged

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream the spans."""
        for seconds, level in self.spans:
            for _ in range(round(seconds / FRAME_SECONDS)):
                await anyio.sleep(FRAME_SECONDS)
                yield sound(FRAME_SECONDS, level)
        if self.unplugged:
            raise DeviceError("unplugged")


async def recogniser(audio: Audio) -> AsyncIterator[Transcript]:
    """Hear a sign of listening in what is short."""
    yield Transcript("Mmh." if audio.seconds < 1.5 else "Raconte tout.")


async def refusing(chat: Chat, /) -> AsyncIterator[str]:
    """Fail at once, but for the greeting that opens a conversation."""
    if chat[-1].text == "Bonjour":
        yield "Bonjour."
        return
    raise BackendError("HTTP 500")


async def telling(chat: Chat, /) -> AsyncIterator[str]:
    """Count for twelve seconds."""
    yield " ".join(f"numéro{n}" for n in range(120)) + ". "


async def undecided(audio: Audio) -> float:
    """Take no pause for the end of a turn."""
    return 0.1


class Nothing(BaseModel):
    """No arguments."""


async def noon(arguments: Nothing, scene: Scene) -> str:
    """Say the time."""
    return "Il est midi."


class Diary(Log):
    """Keeps the events, and says when a device is back."""

    def __init__(self) -> None:
        super().__init__()
        self.back = anyio.Event()

    def __call__(self, event: events.Event, /) -> None:
        """Keep one."""
        super().__call__(event)
        if isinstance(event, events.DeviceBack):
            self.back.set()


WOKEN = ((FRAME_SECONDS, WORD), (0.3, 0.0))
HESITATING = ((1.2, VOICE), (0.5, 0.0), (1.2, VOICE), (1.5, 0.0))
OVER_IT = ((0.4, VOICE), (3.0, 0.0), (2.5, VOICE), (16.0, 0.0))
SETTINGS = {"pause": 0.2, "partial": 0.5, "barge_in": True}


def profile() -> Profile:
    """Name fakes for everything; the first model fails, the first microphone is unplugged."""
    microphones = [Microphone(*WOKEN, *HESITATING, *OVER_IT, unplugged=True), Microphone((40.0, 0.0))]
    clock = Tool("clock", "tells the time", Nothing, noon, (r"\bheure\b",))
    chains: dict[str, Any] = {
        "stt": {"ear": lambda: recogniser},
        "llm": {"refusing": lambda: refusing, "telling": lambda: telling},
        "tts": {"voice": speaks},
        "vad": {"level": LevelVAD},
        "turn_end": {"never": lambda: undecided},
        "wake_word": {"level-word": LevelWord},
        "microphone": {"spans": lambda: microphones.pop(0)},
        "speaker": {"air": lambda: FakeSpeaker(real_time=True)},
        "tools": {"clock": lambda: clock},
    }
    named = {kind: tuple(choice(*one) for one in makers.items()) for kind, makers in chains.items()}
    cache = {"tts": {"max_bytes": "1 MB", "ttl": "1 h"}}
    settings = {"name": "t", "turns": SETTINGS, "fallback": {"failures": 1}, "cache": cache}
    return Profile.model_validate({**settings, **named})


async def test_a_conversation_in_which_everything_happens_reports_everything() -> None:
    log = Diary()
    async with build(profile(), Store(), log) as builder, open_session(builder) as session:
        talk = Conversation(session, session.history())
        hands = Hands(talk)

        async def by_hand() -> None:
            await log.back.wait()
            hands.mute(True)
            hands.mute(False)
            hands.type("Quelle heure est-il ?")

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(by_hand)
            await talk.listen()
    assert {type(event) for event in log.events} == set(events.Event.__args__) - {events.Keyed}
    assert {e.adopted for e in log.events if isinstance(e, events.Guessed)} == {False, True}
    assert {e.interrupted for e in log.events if isinstance(e, events.BargedIn)} == {False, True}
    loaded = {e.kind for e in log.events if isinstance(e, events.ModelLoaded)}
    assert loaded == {"stt", "llm", "tts", "vad", "turn_end", "wake_word"}
