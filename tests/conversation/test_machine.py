"""Any interleaving of speech, pauses, failures and slow stages keeps the conversation whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import pairwise

import anyio
from hypothesis import given, settings
from hypothesis import strategies as st

from swv6.conversation.history import History
from swv6.conversation.loop import Conversation
from swv6.conversation.parts import Parts
from swv6.errors import BackendError
from swv6.telemetry import events
from swv6.types import Audio, Chat, Transcript
from tests.conversation.fakes import FakeSpeaker, Log, sound
from tests.conversation.test_loop import FakeMicrophone, session
from tests.virtual_loop import VirtualLoop

SPANS = st.lists(
    st.tuples(st.sampled_from([0.1, 0.3, 0.5, 1.0, 2.5, 6.0]), st.sampled_from([0.0, 0.9])), min_size=1, max_size=14
)
TEXTS = st.sampled_from(["Quelle heure est-il ?", "oui", "", "Je voudrais savoir si", "Stop, attends un peu.", None])
"""What is recognised; None: the recogniser fails."""
ANSWERS = st.sampled_from(["Il est midi.", "Un deux, trois quatre. Cinq six sept huit neuf dix.", "", None])
"""What the model answers; None: it dies half-way through."""


@dataclass
class World:
    """Stages that do what the test drew, each request taking the next draw."""

    texts: list[str | None]
    answers: list[str | None]
    pauses: list[float]
    voice_fails: list[bool]
    drawn: dict[str, int] = field(default_factory=dict)

    def next(self, of: str, draws: list[object]) -> object:
        """Take the next draw, round and round."""
        at = self.drawn.get(of, 0)
        self.drawn[of] = at + 1
        return draws[at % len(draws)]

    async def stt(self, audio: Audio) -> AsyncIterator[Transcript]:
        """Recognise."""
        text = self.next("stt", [*self.texts])
        await self.pause()
        if text is None:
            raise BackendError("deaf")
        yield Transcript(str(text))

    async def llm(self, chat: Chat) -> AsyncIterator[str]:
        """Answer, word by word."""
        answer = self.next("llm", [*self.answers])
        for word in str(answer or "Il faut que.").split():
            await self.pause()
            yield f"{word} "
        if answer is None:
            raise BackendError("died")

    async def tts(self, text: str) -> AsyncIterator[Audio]:
        """Speak, 0.3 s a word."""
        await self.pause()
        if self.next("tts", [*self.voice_fails]):
            raise BackendError("hoarse")
        for _ in text.split():
            yield sound(0.3)

    async def pause(self) -> None:
        """Be slow, or not."""
        pause = self.next("pause", [*self.pauses])
        assert isinstance(pause, float)
        await anyio.sleep(pause)


@settings(max_examples=120)
@given(
    SPANS,
    st.lists(TEXTS, min_size=1, max_size=4),
    st.lists(ANSWERS, min_size=1, max_size=3),
    st.lists(st.sampled_from([0.0, 0.05, 0.4, 3.0]), min_size=1, max_size=5),
    st.lists(st.booleans(), min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_complaints_2_4_5_the_conversation_stays_whole(
    spans: list[tuple[float, float]],
    texts: list[str | None],
    answers: list[str | None],
    pauses: list[float],
    voice_fails: list[bool],
    barge_in: bool,
    speculate: bool,
) -> None:
    world, log, speaker = World(texts, answers, pauses, voice_fails), Log(), FakeSpeaker(real_time=True)
    parts = Parts(world.stt, world.llm, world.tts, speaker, str.strip, log, hold=2.0)
    microphone = FakeMicrophone(*spans, (20.0, 0.0), live=True, speed=1.0)
    talk = Conversation(session(parts, microphone, barge_in=barge_in, speculate=speculate), History("p"))

    async def hold() -> None:
        with anyio.fail_after(3600):  # virtual seconds: no state is without an exit
            await talk.listen()

    anyio.run(hold, backend_options={"loop_factory": VirtualLoop})
    check(talk, log, speaker)


def check(talk: Conversation, log: Log, speaker: FakeSpeaker) -> None:
    """Check what must hold of every conversation that has ended."""
    roles = [message.role for message in talk.history.messages]
    assert all(a != b for a, b in pairwise(roles))
    assert roles[:1] in ([], ["user"])
    ended = [e for e in log.events if isinstance(e, events.ReplyEnded)]
    heard = [e for e in log.events if isinstance(e, events.TurnHeard)]
    assert [e.turn for e in ended] == sorted({e.turn for e in ended})
    assert len(ended) == talk.replies.turns, "every turn that was decided ends, once"
    assert {e.turn for e in heard} <= {e.turn for e in ended}
    answers = [m.text.removesuffix(" …") for m in talk.history.messages if m.role == "assistant"]
    assert answers == [e.heard for e in ended if e.heard.strip()]
    for event in ended:
        shown = " ".join(e.text for e in log.events if isinstance(e, events.ReplyText) and e.turn == event.turn)
        assert shown.split()[: len(event.heard.split())] == event.heard.split(), "heard is a prefix of what was spoken"
        if event.outcome == "failed":
            assert any(isinstance(e, events.Notice) for e in log.events), "a failure is visible"
    assert talk.replies.guess is None
    assert not speaker.sounding
    last = {e.turn: at for at, e in enumerate(log.events) if isinstance(e, (events.ReplyText, events.FirstSound))}
    ends = {e.turn: at for at, e in enumerate(log.events) if isinstance(e, events.ReplyEnded)}
    assert all(at < ends[turn] for turn, at in last.items()), "no sound of an old reply"
