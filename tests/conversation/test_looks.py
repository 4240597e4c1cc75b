"""A look that has heard all that was said is the transcript of the turn; any other is only shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio
import pytest

from swv6.conversation.decisions import Paused
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.partials import Look
from swv6.errors import BackendError
from swv6.telemetry import events
from swv6.types import Audio, Transcript
from tests.conversation.fakes import FakeSpeaker, Log, Thinker, parts, sound
from tests.conversation.test_loop import QUESTION, FakeMicrophone, session
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio
PAUSED = ((1.0, 0.9), (0.25, 0.0), (1.0, 0.9), (1.0, 0.0))
"""It pauses for longer than `pause` (0.2 s) and goes on."""


@pytest.fixture
def anyio_backend() -> object:
    """Let the microphone's seconds pass on a virtual clock."""
    return BACKEND


@dataclass
class Ear:
    """Hears which of its calls it was, in `takes` seconds; the first one fails when `deaf`."""

    takes: float
    deaf: bool = False
    asked: list[float] = field(default_factory=list)
    """Seconds of sound of each call."""

    async def __call__(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        """Recognise."""
        self.asked.append(audio.seconds)
        number = len(self.asked)
        await anyio.sleep(self.takes)
        if self.deaf and number == 1:
            raise BackendError("deaf")
        yield Transcript(f"Phrase {number}.", backend="ear", elapsed=self.takes)


async def talked(ear: Ear, *spans: tuple[float, float], live: bool = True, **turns: bool) -> Log:
    """Say these spans and hear the answer out."""
    log = Log()
    microphone = FakeMicrophone(*spans, (5.0, 0.0), live=live, speed=1.0)
    using = parts(Thinker(["Oui."]), stt=ear, report=log, speaker=FakeSpeaker(real_time=True))
    await Conversation(session(using, microphone, **turns), History("p")).listen()
    return log


def heard(log: Log) -> list[str]:
    return [e.text for e in log.events if isinstance(e, events.TurnHeard)]


@pytest.mark.parametrize("takes", [0.02, 0.5], ids=["finished", "under way"])
async def test_a_look_in_the_first_silent_frame_is_the_transcript(takes: float) -> None:
    ear = Ear(takes)
    log = await talked(ear, *QUESTION)
    assert len(ear.asked) == 1
    assert log.of(events.TurnHeard) == [events.TurnHeard(1, "Phrase 1.", "ear", takes)]
    assert [e.adopted for e in log.events if isinstance(e, events.Guessed)] == [True]
    assert [e.text for e in log.events if isinstance(e, events.HeardSoFar)][-1] == "Phrase 1."


async def test_a_look_before_the_last_speech_is_not_the_transcript() -> None:
    ear = Ear(0.7)
    log = await talked(ear, (1.0, 0.9), (0.04, 0.0), (0.5, 0.9), (1.0, 0.0))
    assert heard(log) == ["Phrase 2."]
    assert ear.asked[1] > ear.asked[0] + 0.5


async def test_where_the_look_fails_the_turn_is_transcribed_as_ever() -> None:
    ear = Ear(0.3, deaf=True)
    log = await talked(ear, *QUESTION)
    assert heard(log) == ["Phrase 2."]
    assert not log.of(events.Notice)


async def test_the_sound_of_an_interrupted_turn_is_transcribed_with_the_next_one() -> None:
    ear = Ear(1.5)
    log = await talked(ear, *QUESTION, (1.0, 0.9), (6.0, 0.0), barge_in=True)
    assert heard(log)[-1] == f"Phrase {len(ear.asked)}."
    assert ear.asked[-1] > 2.5


async def test_a_turn_that_goes_on_shows_the_look_and_forgets_the_answer() -> None:
    ear = Ear(0.6)
    log = await talked(ear, *PAUSED)
    assert [e.adopted for e in log.events if isinstance(e, events.Guessed)] == [False, True]
    assert next(e.text for e in log.events if isinstance(e, events.HeardSoFar)) == "Phrase 1."
    assert heard(log) == [f"Phrase {len(ear.asked)}."]
    assert ear.asked[-1] > ear.asked[0] + 1.0


async def test_without_speculation_looks_are_only_shown() -> None:
    ear = Ear(0.1)
    log = await talked(ear, *QUESTION, speculate=False)
    assert (len(ear.asked), heard(log)) == (2, ["Phrase 2."])


async def test_nobody_looks_at_a_recording() -> None:
    ear = Ear(0.1)
    log = await talked(ear, *QUESTION, live=False)
    assert (len(ear.asked), heard(log)) == (1, ["Phrase 1."])


def test_a_look_holds_what_was_said_of_its_own_turn() -> None:
    look = Look(sound(1.0))
    assert look.holds(Paused(sound(1.1), said=1.0))
    assert not look.holds(Paused(sound(1.1), said=1.01))
    later = Audio(sound(1.1).samples, 16_000, 3.0)
    assert not look.holds(Paused(later, said=1.0))
