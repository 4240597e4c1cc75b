"""One reply: early, cancellable, never lost, never said twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import anyio
import pytest

from swv6.conversation.history import History
from swv6.conversation.parts import Parts
from swv6.conversation.reply import Reply
from swv6.errors import BackendError
from swv6.stages.answers.apology import apologetic, apology
from swv6.stages.fallback import first_of
from swv6.telemetry import events
from swv6.telemetry.events import nobody
from swv6.types import TTS, Audio, Transcript
from tests.conversation.fakes import FakeSpeaker, Log, Thinker, hears, parts, sound, speaks

pytestmark = pytest.mark.anyio
STORY = ["Il était une fois un roi. ", "Il avait une fille. ", "Elle chantait. "]


async def answer(using: Parts, history: History | None = None, question: Audio | str = "Raconte.") -> Reply:
    """Run one reply to its end."""
    reply = Reply(using, history or History("p"), question)
    reply.confirm(1, 0.0, 0.0)
    already = anyio.Event()
    already.set()
    await reply.run(already)
    return reply


async def test_first_sound_leaves_before_the_model_has_finished() -> None:
    log = Log()
    model = Thinker(STORY, pause=0.02)
    reply = await answer(parts(model, report=log), question=sound(1.0))
    (first,) = log.of(events.FirstSound)
    assert isinstance(first, events.FirstSound)
    assert first.thinking
    assert reply.outcome == "ok"
    assert reply.heard == "".join(STORY).strip()


async def test_the_question_is_heard_and_both_are_kept() -> None:
    history = History("Sois bref.")
    await answer(parts(Thinker(["Oui, ", "bien sûr."]), stt=hears("Tu viens ?")), history, sound(1.0))
    assert [(m.role, m.text) for m in history.messages] == [("user", "Tu viens ?"), ("assistant", "Oui, bien sûr.")]


async def test_silence_is_not_a_question() -> None:
    history, model = History("p"), Thinker(["Oui."])
    reply = await answer(parts(model, stt=hears("")), history, sound(1.0))
    assert (reply.outcome, history.messages, model.asked) == ("empty", [], [])


async def test_a_question_that_cannot_be_recognised_gets_an_apology_that_nobody_remembers() -> None:
    async def deaf(audio: Audio) -> AsyncIterator[Transcript]:
        raise BackendError("out of memory")
        yield Transcript("")

    log, history, model = Log(), History("p"), Thinker(["Oui."])
    using = replace(parts(model, stt=deaf, report=log), sorry=lambda: "Désolé.")
    reply = await answer(using, history, sound(1.0))
    assert (reply.heard, reply.outcome, reply.answered) == ("Désolé.", "failed", False)
    assert (history.messages, model.asked) == ([], [])
    assert ["out of memory" in e.text for e in log.of(events.Notice) if isinstance(e, events.Notice)] == [True]


async def test_an_apology_is_spoken_when_no_model_answers() -> None:
    reply = await answer(parts(apologetic(first_of([("a", Thinker([]))], "llm", nobody, True), "fr")))
    assert (reply.heard, reply.outcome, reply.answered) == (apology("fr"), "failed", False)


async def test_a_model_killed_in_mid_stream_before_the_first_sound_is_replaced_in_the_same_turn() -> None:
    log, history = Log(), History("p")
    dying, living = Thinker(["Il ", "y a "], dies_after=2), Thinker(["Cent vingt minutes."])
    chain = first_of([("http", dying), ("local", living)], "llm", log)
    reply = await answer(parts(chain, report=log), history)
    assert dying.given == 2
    assert reply.heard == "Cent vingt minutes."
    assert [m.text for m in history.messages] == ["Raconte.", "Cent vingt minutes."]
    assert [e.text for e in log.of(events.ReplyText) if isinstance(e, events.ReplyText)] == ["Cent vingt minutes."]
    assert living.asked == dying.asked


async def test_a_model_that_dies_after_the_first_sound_is_not_restarted() -> None:
    log = Log()
    dying, living = Thinker(STORY, pause=0.05, dies_after=2), Thinker(["Autre chose."])
    chain = first_of([("http", dying), ("local", living)], "llm", log)
    reply = await answer(parts(chain, report=log))
    assert reply.outcome == "failed"
    assert living.asked == []
    assert reply.heard.startswith("Il était une fois un roi.")
    assert any("cut short" in e.text for e in log.of(events.Notice) if isinstance(e, events.Notice))


async def test_no_model_at_all_is_told_and_the_question_is_kept() -> None:
    log, history = Log(), History("p")
    chain = first_of([("a", Thinker(["x"], dies_after=0)), ("b", Thinker(["x"], dies_after=0))], "llm", log)
    reply = await answer(parts(chain, report=log), history)
    assert reply.outcome == "failed"
    assert [m.text for m in history.messages] == ["Raconte."]
    assert any("no answer" in e.text for e in log.of(events.Notice) if isinstance(e, events.Notice))


def dies_at(word: int) -> TTS:
    """Speak until a word is reached, then die, whatever the clause."""

    async def tts(text: str) -> AsyncIterator[Audio]:
        for at, _ in enumerate(text.split()):
            if at == word:
                raise BackendError("the voice broke")
            yield sound(0.4)

    return tts


async def test_a_voice_that_dies_half_way_leaves_the_rest_to_the_next_one() -> None:
    said: list[str] = []
    voices = first_of([("broken", dies_at(2)), ("next", speaks(log=said))], "tts", nobody)
    text = "Le petit chat gris dort paisiblement dehors."
    reply = await answer(parts(Thinker([text]), tts=voices))
    (rest,) = said
    assert text.endswith(rest)
    assert len(rest.split()) <= len(text.split()) - 2
    assert (reply.outcome, reply.heard) == ("ok", text)


async def test_voices_that_all_fail_are_told_and_the_text_is_shown() -> None:
    log = Log()
    voices = first_of([("a", dies_at(0)), ("b", dies_at(0))], "tts", log)
    reply = await answer(parts(Thinker(STORY), tts=voices, report=log))
    shown = [e.text for e in log.of(events.ReplyText) if isinstance(e, events.ReplyText)]
    assert " ".join(shown) == "".join(STORY).strip()
    assert reply.outcome == "failed"


async def test_an_interrupted_reply_keeps_what_was_played() -> None:
    history, speaker = History("p"), FakeSpeaker(real_time=True, mark=0.4)
    reply = Reply(parts(Thinker(STORY), speaker=speaker), history, "Raconte.")
    reply.confirm(1, 0.0, 0.0)
    already = anyio.Event()
    already.set()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(reply.run, already)
        await speaker.marked.wait()
        reply.scope.cancel()
        await reply.ended.wait()
        sounds = len(speaker.sounds)
        await anyio.sleep(0.2)
    assert len(speaker.sounds) == sounds
    assert reply.outcome == "interrupted"
    heard = reply.heard.split()
    assert 0 < len(heard) < 6
    assert "".join(STORY).split()[: len(heard)] == heard
    assert history.messages[-1].text.endswith("…")


async def test_a_cancelled_reply_that_ends_late_comes_before_the_next_one() -> None:
    history, speaker = History("p"), FakeSpeaker(real_time=True, mark=0.4)

    async def stubborn(chat: Any) -> AsyncIterator[str]:
        try:
            yield "Une réponse assez longue pour être coupée. Et"
            await anyio.sleep(5)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.sleep(0.2)

    first = Reply(parts(stubborn, speaker=speaker), history, "Un ?")
    second = Reply(parts(Thinker(["Deux."]), speaker=speaker), history, "Deux ?")
    first.confirm(1, 0.0, 0.0)
    second.confirm(2, 0.0, 0.0)
    already = anyio.Event()
    already.set()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(first.run, already)
        await speaker.marked.wait()
        first.scope.cancel()
        tasks.start_soon(second.run, first.ended)
    assert [m.role for m in history.messages] == ["user", "assistant", "user", "assistant"]
    assert history.messages[-1].text == "Deux."
