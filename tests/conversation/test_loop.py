"""The loop: who speaks when, and what an interruption costs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import anyio
import pytest

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.parts import Parts
from swv6.conversation.session import Session
from swv6.conversation.turns import Turns
from swv6.errors import UsageError
from swv6.profiles import Profile
from swv6.profiles.schema import Turns as TurnSettings
from swv6.sessions.folder import Folder
from swv6.telemetry import events
from swv6.types import STT, Audio, Transcript
from tests.conversation.fakes import FRAME_SECONDS, FakeSpeaker, LevelVAD, Log, Thinker, parts, sound
from tests.virtual_loop import BACKEND

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    """Let the microphone's and the speaker's seconds pass on a virtual clock."""
    return BACKEND


class FakeMicrophone:
    """Gives spans of (seconds, level) in frames; a live one keeps its own pace, `speed` times real time."""

    def __init__(
        self, *spans: tuple[float, float], live: bool = False, speed: float = 20.0, room: FakeSpeaker | None = None
    ) -> None:
        self.spans, self.live, self.speed, self.room = spans, live, speed, room
        self.given = 0

    async def frames(self) -> AsyncIterator[Audio]:
        """Stream the spans."""
        for seconds, level in self.spans:
            for _ in range(round(seconds / FRAME_SECONDS)):
                if self.live:
                    await anyio.sleep(FRAME_SECONDS / self.speed)
                self.given += 1
                heard = 0.9 if self.room is not None and self.room.sounding else level
                yield Audio(sound(FRAME_SECONDS, heard).samples, 16_000, (self.given - 1) * FRAME_SECONDS)


def session(using: Parts, microphone: FakeMicrophone, **turns: bool) -> Session:
    settings = TurnSettings.model_validate({"pause": 0.2, "partial": 1.0, **turns})
    bare: tuple[()] = ()
    profile = Profile(name="t", turns=settings, stt=bare, llm=bare, tts=bare, vad=bare, microphone=bare, speaker=bare)
    return Session(profile, using, Turns(LevelVAD(), settings), microphone)


QUESTION = ((1.0, 0.9), (1.0, 0.0))


async def test_a_recording_waits_for_its_answer() -> None:
    microphone = FakeMicrophone(*QUESTION, *QUESTION)
    seen = list[int]()
    model = Thinker(["Oui."], pause=0.05)

    def report(event: events.Event) -> None:
        if isinstance(event, events.ReplyEnded):
            seen.append(microphone.given)

    talk = Conversation(session(replace(parts(model), report=report), microphone), History("p"))
    await talk.listen()
    assert [m.role for m in talk.history.messages] == ["user", "assistant"] * 2
    assert seen[0] < len(range(microphone.given)) / 2 + 5


async def test_once_ends_after_one_answer() -> None:
    talk = Conversation(session(parts(Thinker(["Oui."])), FakeMicrophone(*QUESTION * 3)), History("p"), limit=1)
    await talk.listen()
    assert talk.replies.turns == 1


async def test_speech_interrupts_an_answer_on_headphones() -> None:
    speaker, log = FakeSpeaker(real_time=True), Log()
    long = Thinker(["un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize. "])
    microphone = FakeMicrophone(*QUESTION, (4.0, 0.0), *QUESTION, (30.0, 0.0), live=True)
    talk = Conversation(session(parts(long, speaker=speaker, report=log), microphone, barge_in=True), History("p"))
    await talk.listen()
    outcomes = [e.outcome for e in log.of(events.ReplyEnded) if isinstance(e, events.ReplyEnded)]
    assert outcomes == ["interrupted", "ok"]
    assert speaker.stops == 1
    assert [m.role for m in talk.history.messages] == ["user", "assistant"] * 2
    first = talk.history.messages[1].text
    assert first.startswith("un")
    assert first.endswith("…")


async def test_complaint_1_without_headphones_the_assistant_does_not_hear_itself() -> None:
    speaker, log = FakeSpeaker(real_time=True), Log()
    long = Thinker(["un deux trois quatre cinq six sept huit neuf dix onze douze. "])
    microphone = FakeMicrophone(*QUESTION, (60.0, 0.0), live=True, room=speaker)
    talk = Conversation(session(parts(long, speaker=speaker, report=log), microphone), History("p"))
    await talk.listen()
    outcomes = [e.outcome for e in log.of(events.ReplyEnded) if isinstance(e, events.ReplyEnded)]
    assert outcomes == ["ok"]
    assert speaker.stops == 0


async def test_a_turn_interrupted_before_it_was_understood_is_part_of_the_next() -> None:
    lengths = list[float]()

    async def slow(audio: Audio) -> AsyncIterator[Transcript]:
        lengths.append(audio.seconds)
        if len(lengths) == 1:
            await anyio.sleep(1)
        yield Transcript("Bonjour.")

    stt: STT = slow
    microphone = FakeMicrophone(*QUESTION, *QUESTION, (2.0, 0.0), live=True)
    talk = Conversation(session(parts(Thinker(["Oui."]), stt=stt), microphone, barge_in=True), History("p"))
    await talk.listen()
    assert lengths[1] > lengths[0] + 1.0
    assert [m.text for m in talk.history.messages] == ["Bonjour.", "Oui."]


async def test_typed_lines_are_answered_one_by_one(tmp_path: Path) -> None:
    async def lines(texts: Sequence[str]) -> AsyncIterator[str]:
        for text in texts:
            yield text

    saver = Folder(tmp_path / "kept")
    talk = Conversation(session(parts(Thinker(["Oui."])), FakeMicrophone()), History("p"), saver)
    await talk.answer_lines(lines(["Un ?\n", "\n", "Deux ?\n"]))
    assert [m.text for m in talk.history.messages] == ["Un ?", "Oui.", "Deux ?", "Oui."]
    assert sorted(p.name for p in (tmp_path / "kept").iterdir()) == [
        "conversation.json",
        "turn-001-assistant.wav",
        "turn-002-assistant.wav",
    ]


def chain(*texts: str) -> tuple[STT, list[float]]:
    """Recognise a text after the other, one each request; also give the seconds of each request's sound."""
    lengths = list[float]()

    async def stt(audio: Audio) -> AsyncIterator[Transcript]:
        lengths.append(audio.seconds)
        yield Transcript(texts[min(len(lengths), len(texts)) - 1])

    return stt, lengths


async def talk_over(says: str, log: Log, speech: float = 0.5) -> tuple[Conversation, FakeSpeaker]:
    """Ask a question, then say something over its answer."""
    speaker = FakeSpeaker(real_time=True)
    words = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize. "
    microphone = FakeMicrophone(*QUESTION, (4.0, 0.0), (speech, 0.9), (30.0, 0.0), live=True)
    stt, _ = chain("Raconte.", says, says)
    using = parts(Thinker([words]), stt=stt, speaker=speaker, report=log)
    talk = Conversation(session(using, microphone, barge_in=True), History("p"))
    await talk.listen()
    return talk, speaker


@pytest.mark.parametrize("says", ["oui", "", "Mmh."])
async def test_complaint_3_a_cough_or_a_oui_does_not_kill_the_answer(says: str) -> None:
    log = Log()
    talk, speaker = await talk_over(says, log)
    (barged,) = log.of(events.BargedIn)
    assert isinstance(barged, events.BargedIn)
    assert not barged.interrupted
    assert (speaker.pauses, speaker.resumes, speaker.stops) == (1, 1, 0)
    assert [e.outcome for e in log.of(events.ReplyEnded) if isinstance(e, events.ReplyEnded)] == ["ok"]
    assert [m.role for m in talk.history.messages] == ["user", "assistant"]


async def test_complaint_1_the_answer_heard_again_does_not_interrupt_it() -> None:
    log = Log()
    _, speaker = await talk_over("Un, deux, trois, quatre.", log)
    assert speaker.stops == 0
    assert [e.outcome for e in log.of(events.ReplyEnded) if isinstance(e, events.ReplyEnded)] == ["ok"]


@pytest.mark.parametrize("speech", [0.5, 2.0])
async def test_words_over_an_answer_interrupt_it(speech: float) -> None:
    log = Log()
    talk, speaker = await talk_over("Attends, parle moins vite.", log, speech)
    outcomes = [e.outcome for e in log.of(events.ReplyEnded) if isinstance(e, events.ReplyEnded)]
    assert outcomes == ["interrupted", "ok"]
    assert speaker.stops == 1
    assert [m.text for m in talk.history.messages if m.role == "user"] == ["Raconte.", "Attends, parle moins vite."]


async def test_an_answer_prepared_in_a_pause_is_adopted() -> None:
    log, model = Log(), Thinker(["Oui."])
    stt, lengths = chain("Bonjour.")
    using = parts(model, stt=stt, report=log)
    talk = Conversation(session(using, FakeMicrophone(*QUESTION, live=True), barge_in=True), History("p"))
    await talk.listen()
    assert [e.adopted for e in log.of(events.Guessed) if isinstance(e, events.Guessed)] == [True]
    assert len(lengths) == len(model.asked) == 1
    assert [m.text for m in talk.history.messages] == ["Bonjour.", "Oui."]


async def test_complaint_5_an_answer_prepared_in_a_pause_is_forgotten_when_the_turn_goes_on() -> None:
    log, model, speaker = Log(), Thinker(["Oui."]), FakeSpeaker()
    stt, _ = chain("Bonjour", "Bonjour, quelle heure est-il ?")
    microphone = FakeMicrophone((1.0, 0.9), (0.4, 0.0), (1.0, 0.9), (1.0, 0.0), live=True)
    using = parts(model, stt=stt, speaker=speaker, report=log)
    talk = Conversation(session(using, microphone, barge_in=True), History("p"))
    await talk.listen()
    assert [e.adopted for e in log.of(events.Guessed) if isinstance(e, events.Guessed)] == [False, True]
    assert [m.text for m in talk.history.messages] == ["Bonjour, quelle heure est-il ?", "Oui."]
    assert len(speaker.sounds) == 1
    assert [e.text for e in log.of(events.TurnHeard) if isinstance(e, events.TurnHeard)] == [
        "Bonjour, quelle heure est-il ?"
    ]


async def test_speculation_can_be_turned_off() -> None:
    log = Log()
    using = parts(Thinker(["Oui."]), report=log)
    silent = session(using, FakeMicrophone(*QUESTION, live=True), speculate=False)
    talk = Conversation(silent, History("p"))
    await talk.listen()
    assert log.of(events.Guessed) == []
    assert [m.text for m in talk.history.messages] == ["Bonjour.", "Oui."]


async def test_a_saved_conversation_is_never_written_over(tmp_path: Path) -> None:
    async def lines() -> AsyncIterator[str]:
        yield "Un ?"

    talk = Conversation(session(parts(Thinker(["Oui."])), FakeMicrophone()), History("p"), Folder(tmp_path))
    await talk.answer_lines(lines())
    kept = (tmp_path / "conversation.json").read_bytes()
    with pytest.raises(UsageError, match="already"):
        Folder(tmp_path)
    assert (tmp_path / "conversation.json").read_bytes() == kept
