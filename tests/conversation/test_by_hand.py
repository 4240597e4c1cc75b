"""Keys: talk, interrupt, mute, type, repeat, at any moment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from swv6.conversation.by_hand import Hands
from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.manual import PushTurns
from swv6.conversation.states import States
from swv6.profiles.schema import Turns as TurnSettings
from swv6.sessions.folder import Folder
from swv6.telemetry import events
from swv6.types import Audio
from tests.conversation.fakes import FRAME_SECONDS, FakeSpeaker, LevelVAD, Log, Thinker, parts, sound
from tests.conversation.test_loop import FakeMicrophone, chain, session

pytestmark = pytest.mark.anyio
WORDS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize. "


class Stage:
    """A microphone whose level the test sets, and a conversation that hears it."""

    live = True

    def __init__(
        self,
        model: Thinker,
        speaker: FakeSpeaker | None = None,
        push: bool = False,
        hears: Sequence[str] = ("Bonjour.", "Encore."),
        **turns: bool,
    ) -> None:
        self.level, self.given, self.open, self.log = 0.0, 0, True, Log()
        self.speaker = speaker or FakeSpeaker()
        said, self.lengths = chain(*hears)
        using = parts(model, stt=said, speaker=self.speaker, report=self.log)
        opened = session(replace(using, report=States(self.log)), FakeMicrophone(), **turns)
        if push:
            opened = replace(opened, turns=PushTurns(LevelVAD(), TurnSettings(mode="push", pause=0.2, partial=1.0)))
        self.talk = Conversation(replace(opened, microphone=self), History("p"))
        self.hands = Hands(self.talk)

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream frames twenty times as fast as time."""
        while self.open:
            await anyio.sleep(FRAME_SECONDS / 20)
            self.given += 1
            yield Audio(sound(FRAME_SECONDS, self.level).samples, 16_000, self.given * FRAME_SECONDS)

    async def hear(self, seconds: float, level: float) -> None:
        """Let the microphone hear this."""
        self.level, until = level, self.given + round(seconds / FRAME_SECONDS)
        await self.until(lambda: self.given >= until)
        self.level = 0.0

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for it."""
        with anyio.fail_after(30):
            while not true():  # noqa: ASYNC110 (whatever is asked for, not one event)
                await anyio.sleep(0.001)

    @property
    def outcomes(self) -> list[str]:
        return [e.outcome for e in self.log.events if isinstance(e, events.ReplyEnded)]

    @property
    def states(self) -> list[str]:
        return [e.state for e in self.log.events if isinstance(e, events.StateChanged)]

    async def run(self, script: Callable[[], object]) -> None:
        """Listen while the script runs."""
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.talk.listen)
            await self.until(lambda: self.given > 0)
            await script()  # type: ignore[misc]
            self.open = False


async def test_the_talk_key_begins_and_ends_a_turn() -> None:
    stage = Stage(Thinker(["Oui."]), push=True)

    async def script() -> None:
        await stage.hear(2.0, 0.9)  # nobody pressed: not for us
        stage.hands.press()
        await stage.hear(1.0, 0.9)
        await stage.hear(3.0, 0.0)  # thinking it over
        await stage.hear(1.0, 0.9)
        assert stage.outcomes == []
        stage.hands.press()
        await stage.until(lambda: stage.outcomes == ["ok"])

    await stage.run(script)
    assert stage.lengths[-1] > 5.0
    assert stage.states[0] == "hearing"
    assert stage.states[-3:] == ["thinking", "speaking", "listening"]


async def test_the_talk_key_interrupts_and_a_oui_after_it_is_a_turn() -> None:
    stage = Stage(Thinker([WORDS]), FakeSpeaker(real_time=True), push=True, hears=["Oui."])

    async def script() -> None:
        for _ in range(2):
            stage.hands.press()
            await stage.hear(1.0, 0.9)
            stage.hands.press()
            await stage.until(lambda: stage.states[-1] == "speaking")
            await stage.until(stage.speaker.marked.is_set)
        await stage.until(lambda: stage.states[-1] == "listening")

    await stage.run(script)
    assert stage.outcomes == ["interrupted", "ok"]
    assert [m.role for m in stage.talk.history.messages] == ["user", "assistant"] * 2


async def test_the_key_in_silence_asks_nothing() -> None:
    stage = Stage(Thinker(["Oui."]), push=True)

    async def script() -> None:
        stage.hands.press()
        await stage.hear(1.0, 0.0)
        stage.hands.press()
        await stage.hear(1.0, 0.0)

    await stage.run(script)
    assert stage.states == ["hearing", "listening"]
    assert stage.lengths == []
    assert ["nothing was said" in e.text for e in stage.log.events if isinstance(e, events.Notice)] == [True]


async def test_the_key_interrupts_an_answer() -> None:
    stage = Stage(Thinker([WORDS]), FakeSpeaker(real_time=True))

    async def script() -> None:
        await stage.hear(1.0, 0.9)
        await stage.until(stage.speaker.marked.is_set)
        stage.hands.press()
        await stage.until(lambda: stage.outcomes != [])

    await stage.run(script)
    assert stage.outcomes == ["interrupted"]
    assert stage.talk.history.messages[-1].text.endswith("…")


async def test_the_key_ends_a_turn_before_the_silence_does() -> None:
    stage = Stage(Thinker(["Oui."]))

    async def script() -> None:
        stage.level = 0.9
        await stage.until(lambda: "hearing" in stage.states)
        stage.hands.press()
        await stage.until(lambda: stage.outcomes == ["ok"])

    await stage.run(script)
    assert stage.states[:2] == ["hearing", "thinking"]


async def test_a_muted_microphone_is_not_heard() -> None:
    stage = Stage(Thinker(["Oui."]))

    async def script() -> None:
        stage.hands.mute(True)
        await stage.hear(0.2, 0.9)
        levels = len(stage.log.of(events.Level))
        await stage.hear(2.0, 0.9)
        assert len(stage.log.of(events.Level)) == levels
        assert stage.states == []
        stage.hands.mute(False)
        await stage.hear(1.0, 0.9)
        await stage.until(lambda: stage.outcomes == ["ok"])

    await stage.run(script)
    assert [e.on for e in stage.log.events if isinstance(e, events.Muted)] == [True, False]


async def test_complaint_4_muting_over_an_answer_leaves_it_neither_held_nor_stuck() -> None:
    stage = Stage(Thinker([WORDS]), FakeSpeaker(real_time=True), barge_in=True, hears=["Bonjour.", "oui"])

    async def script() -> None:
        await stage.hear(1.0, 0.9)
        await stage.until(stage.speaker.marked.is_set)
        stage.level = 0.9
        await stage.until(lambda: stage.speaker.pauses == 1)
        stage.hands.mute(True)
        await stage.until(lambda: stage.outcomes != [])

    await stage.run(script)
    assert stage.outcomes == ["ok"]
    assert stage.speaker.resumes == 1


async def test_a_typed_line_interrupts_and_is_answered() -> None:
    model = Thinker([WORDS])
    stage = Stage(model, FakeSpeaker(real_time=True))

    async def script() -> None:
        await stage.hear(1.0, 0.9)
        await stage.until(stage.speaker.marked.is_set)
        stage.hands.type("  Plus court.  ")
        stage.hands.type("   ")
        model.deltas = ["D'accord."]
        await stage.until(lambda: len(stage.outcomes) == 2)

    await stage.run(script)
    assert stage.outcomes == ["interrupted", "ok"]
    assert [m.text for m in stage.talk.history.messages[2:]] == ["Plus court.", "D'accord."]


async def test_the_last_answer_is_said_again_as_it_was_heard(tmp_path: Path) -> None:
    stage = Stage(Thinker([WORDS]), FakeSpeaker(real_time=True))
    saver = stage.talk.replies.saver = Folder(tmp_path)
    texts = list[list[str]]()

    async def script() -> None:
        stage.hands.say_again()  # there is nothing yet
        await stage.hear(1.0, 0.9)
        await stage.until(stage.speaker.marked.is_set)
        stage.hands.say_again()
        await stage.until(lambda: len(stage.outcomes) == 2)
        texts.append([m.text for m in stage.talk.history.messages])

    await stage.run(script)
    assert stage.outcomes == ["interrupted", "ok"]
    first, again = (e.heard for e in stage.log.events if isinstance(e, events.ReplyEnded))
    assert again == first
    assert texts == [["Bonjour.", f"{first} …"]]
    assert stage.talk.replies.turns == len(saver.turns) == 1


async def test_nothing_is_said_again_while_an_answer_is_prepared() -> None:
    stage = Stage(Thinker(["Oui."], pause=0.3))

    async def script() -> None:
        await stage.hear(1.0, 0.9)
        await stage.until(lambda: stage.states[-1] == "thinking")
        stage.hands.say_again()
        await stage.until(lambda: stage.outcomes != [])

    await stage.run(script)
    assert stage.outcomes == ["ok"]


async def test_what_a_paused_turn_says_is_shown_before_it_has_ended() -> None:
    log = Log()
    stt, _ = chain("Bonjour")
    using = parts(Thinker(["Oui."]), stt=stt, report=log)
    await Conversation(session(using, FakeMicrophone((1.0, 0.9), (1.0, 0.0), live=True)), History("p")).listen()
    kinds = [type(e) for e in log.events]
    assert kinds.index(events.HeardSoFar) < kinds.index(events.TurnEnded) < kinds.index(events.TurnHeard)
