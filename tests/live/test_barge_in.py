"""On headphones: what is said over an answer holds it; only more than a cough or an "oui" ends it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import anyio
import numpy as np
import pytest

from swv6.telemetry.events import BargedIn, FirstSound, ReplyEnded, TurnBegan, TurnEnded
from tests.live.likeness import found
from tests.live.room import BENCH, Room, room
from tests.live.scripted import STORY, answer_next, answers, asks
from tests.live.voices import spoken, written
from tests.virtual_audio import VirtualAudio

pytestmark = [pytest.mark.anyio, pytest.mark.audio, pytest.mark.weights]
HEADPHONES = "turns.barge_in=true"
SILENT = 0.05
"""Seconds of sound that may be played after the decision to interrupt; counted in samples by the loudspeaker itself."""
SLACK = 0.25
"""Seconds: 0.05 for the product, the device's buffer of 0.1, and what the clock of the recording may be wrong."""


@pytest.fixture
def cough(tmp_path: Path) -> Path:
    """Make two bursts of noise, each of which fades."""
    noise = np.random.default_rng(5).normal(0, 0.3, 4000)
    burst = noise * np.exp(-np.arange(4000) / 900)
    return written(tmp_path / "cough.wav", np.concatenate([burst, np.zeros(1500), burst]))


async def begin(here: Room) -> None:
    """Ask for a story and let it begin."""
    await here.say(BENCH / "14-histoire.wav")
    await here.until(FirstSound)
    await here.played(1.5)


async def test_complaint_3_a_cough_and_a_oui_do_not_interrupt(
    virtual_audio: VirtualAudio, cough: Path, tmp_path: Path
) -> None:
    signs = [await spoken(text, tmp_path / f"{n}.wav", 100 + 40 * n) for n, text in enumerate(("oui", "oui"))]
    with answers(*STORY[:4]) as server:
        async with room(virtual_audio, *asks(server, HEADPHONES)) as here:
            await begin(here)
            await here.say(cough)
            await here.played(1.0)
            for sign in signs:
                await here.say(sign)
                await here.played(0.5)
            ended = await here.until(ReplyEnded)
            await anyio.sleep(0.3)
            whole = here.recording.samples
            reply = here.talk.replies.last
    print(here.diary)
    assert (ended.outcome, len(here.diary.of(TurnEnded))) == ("ok", 1)
    assert [barged.interrupted for barged in here.diary.of(BargedIn)].count(False) >= 1, "the oui was heard"
    assert all(not barged.interrupted for barged in here.diary.of(BargedIn))
    assert reply is not None
    said = np.concatenate([sound.samples for sound in reply.sounds])
    pieces = found(said, whole, reply.sounds[0].rate)
    print([(round(at, 2), round(like, 2)) for at, like in pieces])
    clear = [at for at, like in pieces if like >= 0.9]  # a piece that a pause parted may be likest anywhere
    assert all(after > before for before, after in pairwise(clear)), "in order, once"
    pauses = len(here.diary.of(BargedIn))
    assert sum(like < 0.9 for _, like in pieces) <= 2 * pauses


async def test_complaint_2_a_sentence_interrupts_and_history_keeps_what_was_heard(virtual_audio: VirtualAudio) -> None:
    with answers(*STORY) as server:
        async with room(virtual_audio, *asks(server, HEADPHONES)) as here:
            await begin(here)
            mark = here.now
            answer_next(server, "C'est Rome.")
            await here.say(BENCH / "01-capitale.wav")
            second = await here.until(ReplyEnded, where=lambda reply: reply.turn == 2)
            messages = list(here.talk.history.messages)
    print(here.diary)
    began, decided = here.diary.times(TurnBegan, mark)[0], here.diary.times(BargedIn, mark)[0]
    speaks = here.diary.times(FirstSound, mark)[0]
    held = here.recording.last_heard(before=(decided + speaks) / 2)
    print(f"silent {held - began:.3f} s after the speech was noticed, {held - decided:.3f} s after the decision")
    at = [here.diary.played_at(kind, mark)[0] for kind in (TurnBegan, BargedIn, ReplyEnded)]
    print(f"{at[1] - at[0]:.3f} s were played from the first speech to the decision, {at[2] - at[1]:.3f} s after it")
    assert at[2] - at[1] <= SILENT
    assert at[1] - at[0] <= SILENT, "it is held before anything is decided"
    assert held - began < SLACK
    assert held - decided <= SILENT, "by the recording of the loudspeaker too"
    (first,) = here.diary.of(ReplyEnded)[:1]
    assert (first.outcome, second.outcome) == ("interrupted", "ok")
    assert [m.role for m in messages] == ["user", "assistant"] * 2
    kept = messages[1].text
    assert kept.endswith(" …")
    words = kept.removesuffix(" …").split()
    assert 2 <= len(words) < len("".join(STORY).split()) / 2
    assert words == "".join(STORY).split()[: len(words)], "cut at a word"
    assert "capitale" in messages[2].text
    assert [m["content"] for m in server.last["messages"]][-3:] == [m.text for m in messages[:3]], "the model is told"
