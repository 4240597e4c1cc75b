"""Recordings through prism: many windows at once say what one after the other would; silence says nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from plugins_builtin.prism import longform, reading
from plugins_builtin.prism.options import PrismOptions
from plugins_builtin.prism.plan import planned
from plugins_builtin.prism.reading import Reading
from plugins_builtin.prism.tongues import Tongues, among
from plugins_builtin.prism.windows import voiced
from swv6.audio.files import read
from swv6.models.store import Store
from swv6.plugins import STT, Audio, pool
from swv6.plugins.words import typography
from swv6.testing.stage import collect
from tests.plugins_builtin.heard import word_errors
from tests.plugins_builtin.offers import offer

SOUNDS = Path(__file__).parents[2] / "profiles/sounds"
RATE = 16_000
pytestmark = pytest.mark.anyio


def recording(times: int) -> Audio:
    """Say the two shipped French questions one after the other, a second of near silence between."""
    quiet = np.random.default_rng(2).normal(0, 1e-4, RATE).astype(np.float32)
    both = [read(SOUNDS / f"question-{number}.wav").samples for number in (1, 2)]
    return Audio(np.concatenate([part for _ in range(times) for sound in both for part in (sound, quiet)]), RATE, 100.0)


@pytest.fixture
async def open_stage() -> AsyncIterator[Any]:
    """Open stages over one shared engine."""
    async with AsyncExitStack() as stack:

        async def opened(**changes: Any) -> STT:
            model = str(Store().find("whisper-base", "faster-whisper"))
            fixed = {"language": "fr", "device": "cpu", "live": False, "beam_size": 1}
            options = PrismOptions(model=model, **{**fixed, **changes})
            stage: STT = await stack.enter_async_context(offer("prism", "stt").opener()(options))
            return stage

        yield opened


@pytest.mark.weights
@pytest.mark.parametrize("name", ["06-soleil", "11-dormir"])
async def test_a_short_question_is_written_once(open_stage: Any, name: str) -> None:
    """With little quiet behind it Whisper says it again."""
    stage = await open_stage(beam_size=5)
    text = (await collect(stage(read(SOUNDS / f"bench/{name}.wav"))))[-1].text
    assert text.count("?") == 1, text


@pytest.mark.weights
async def test_many_windows_at_once_say_what_one_by_one_says(open_stage: Any) -> None:
    """No word is dropped where windows meet, and times only grow, on the clock of the request."""
    sound = recording(1)
    single = (await collect((await open_stage(batch_size=1, window=30))(sound)))[-1]
    many = (await collect((await open_stage(batch_size=8, window=6))(sound)))[-1]
    assert abs(len(many.text.split()) - len(single.text.split())) <= 2
    assert word_errors(single.text, many.text) <= 0.2
    words = [word for segment in many.segments for word in segment.words]
    assert len(words) >= 0.95 * len(many.text.split())
    starts = [word.start for word in words]
    assert starts == sorted(starts)
    assert starts[0] >= 100.0
    assert words[-1].end <= 100.0 + sound.seconds


@pytest.mark.weights
async def test_what_is_not_speech_gives_no_text(open_stage: Any) -> None:
    """Silence, noise, a chord and a telephone's ring."""
    time = np.arange(8 * RATE) / RATE
    noise = np.random.default_rng(3)
    ring = 0.3 * (np.sin(2 * np.pi * 440 * time) + np.sin(2 * np.pi * 480 * time)) * (time % 4 < 2)
    chord = 0.1 * np.sin(2 * np.pi * np.outer((262, 330, 392), time)).sum(0) * np.exp(-(time % 1))
    stage = await open_stage()
    for sound in (np.zeros_like(time), noise.normal(0, 0.003, len(time)), noise.normal(0, 0.1, len(time)), chord, ring):
        assert (await collect(stage(Audio(sound.astype(np.float32), RATE))))[-1].text == ""


@pytest.mark.weights
async def test_translation_writes_english(open_stage: Any) -> None:
    """`task: translate` of a French question: the text's language is English, its typography too."""
    heard = (await collect((await open_stage(task="translate", beam_size=5))(recording(1))))[-1]
    assert (heard.language, heard.metrics["spoken_language"]) == ("en", "fr")
    assert not {"\u00a0", "\u202f"} & set(typography("fr", plain=False)(heard).text)
    assert {"the", "you", "is", "what", "hello"} & set(heard.text.lower().replace(",", " ").replace("?", " ").split())


@pytest.mark.weights
async def test_the_language_is_one_of_those_allowed(open_stage: Any) -> None:
    """French is not among them: the nearest that is."""
    heard = (await collect((await open_stage(language="", languages=("en", "de")))(recording(1))))[-1]
    assert heard.language in ("en", "de")


@pytest.mark.weights
async def test_nothing_that_is_said_again_is_passed_over(open_stage: Any) -> None:
    """Whisper leaves out sentences that it has just written: the same two, four times, are written four times.

    faster-whisper alone writes them all; at temperature 0 it need not be asked again and again.
    """
    sound, found = recording(4), {"language": "fr", "condition_on_previous_text": False, "temperature": 0.0}
    heard = (await collect((await open_stage(word_timestamps=False))(sound)))[-1].text
    whisper = WhisperModel(str(Store().find("whisper-base", "faster-whisper")), device="cpu", compute_type="int8")
    plain = "".join(segment.text for segment in whisper.transcribe(sound.samples, beam_size=1, **found)[0])
    assert plain.count("Camille") == heard.count("Camille") == 4
    assert word_errors(plain, heard) <= 0.05


@pytest.mark.weights
@pytest.mark.parametrize(("seconds", "text"), [(0.0, "Camille"), (99.0, "")])
async def test_speech_that_came_back_without_a_text_is_heard_again(
    open_stage: Any, monkeypatch: pytest.MonkeyPatch, seconds: float, text: str
) -> None:
    """With Whisper's own window and timestamps; a little of it may have been no speech."""
    monkeypatch.setattr(longform, "UNHEARD", seconds)
    monkeypatch.setattr(longform, "read", lambda *_: [Reading([], "", -0.1, 0.1)])
    heard = (
        await collect((await open_stage(word_timestamps=False))(Audio(read(SOUNDS / "question-1.wav").samples, RATE)))
    )[-1]
    assert text in heard.text
    assert bool(heard.text) == bool(text)


@pytest.mark.weights
async def test_choices_that_load_otherwise_share_no_engine(open_stage: Any) -> None:
    """Live or not, threads and concurrency are the engine's; what is asked of each request is not."""
    for changes in ({}, {"beam_size": 2, "batch_size": 3}):
        await open_stage(**changes)
    assert len(_engines()) == 1
    await open_stage(threads=1)
    await open_stage(concurrency=2)
    await open_stage(live=True, warmups=0)
    assert len(_engines()) == 4


def _engines() -> list[object]:
    return [key for key in pool._held if isinstance(key, tuple) and key[0] == "prism"]


def test_no_speech_is_left_outside_the_windows() -> None:
    """Each question is inside a window, and none is longer than asked."""
    sound = recording(2)
    found = voiced(sound.samples, 12)
    assert all(window.seconds <= 12 for window in found)
    loud = np.flatnonzero(np.abs(sound.samples) > 0.05)
    inside = np.zeros(len(sound.samples), bool)
    for window in found:
        inside[window.start : window.end] = True
    assert inside[loud].mean() > 0.99


@pytest.mark.parametrize(
    ("reading", "wrong"),
    [
        (Reading([1] * 9, "Bonjour à tous.", -0.3, 0.1), False),
        (Reading([1] * 80, "Bonjour à tous.", -0.3, 0.1), True),
        (Reading([1] * 40, "la la la " * 20, -0.1, 0.1), True),
        (Reading([1] * 9, "Bonjour à tous.", -1.5, 0.1), True),
        (Reading([1] * 3, "Oui.", -0.2, 0.1), False),
        (Reading([], "", -2.0, 0.9), False),
    ],
)
def test_loops_and_guesses_are_heard_again(reading: Reading, wrong: bool) -> None:
    """A full quota of tokens, a text that repeats itself, a low probability."""
    assert reading.wrong(room=80) is wrong


@pytest.mark.weights
def test_a_window_may_have_all_its_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """CTranslate2 writes half of the length that it is given: one that may not end has its room all the same."""
    whisper = WhisperModel(str(Store().find("whisper-base", "faster-whisper")), device="cpu", compute_type="int8")
    tokenizer = Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language="fr")
    monkeypatch.setattr(reading, "get_suppressed_tokens", lambda *_: [tokenizer.eot])
    encoded = whisper.encode(np.zeros((80, 200), np.float32))
    plan = planned(PrismOptions(beam_size=1), "fr", 0.0)
    assert len(reading.read(whisper, tokenizer, encoded, 60, plan)[0].tokens) >= 60


def test_silence_is_doubtful_and_without_speech() -> None:
    """Both, as in Whisper: a sure text stays whatever the probability of no speech."""
    assert Reading([1], "Merci.", -1.5, 0.9).silent()
    assert not Reading([1], "Merci.", -0.2, 0.9).silent()


def test_a_conversation_changes_its_language_only_when_sure() -> None:
    """A short "OK" is not yet English; without stickiness the likeliest wins; all are allowed when none is named."""
    tongues = Tongues(("fr", "en"), sticky=True)
    assert tongues.choose([("fr", 0.6), ("cy", 0.3), ("en", 0.1)])[0] == "fr"
    assert tongues.choose([("en", 0.5), ("fr", 0.4), ("cy", 0.1)])[0] == "fr"
    assert tongues.choose([("en", 0.9), ("fr", 0.05)])[0] == "en"
    assert Tongues(("fr", "en"), sticky=False, last="fr").choose([("en", 0.5), ("fr", 0.4)])[0] == "en"
    assert among([("cy", 0.9), ("fr", 0.1)], ()) == {"cy": 0.9, "fr": 0.1}
    assert among([("cy", 0.9)], ("fr",)) == {"fr": 0.0}
