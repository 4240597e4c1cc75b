"""Prism keeps the contract of recognisers with real Whisper weights, and hears French."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from plugins_builtin.prism.compute import choose
from plugins_builtin.prism.transcripts import confidence
from swv6.audio.files import read
from swv6.bench.questions import questions
from swv6.plugins import Audio, ModelError, Segment, resample
from swv6.testing.stage import collect
from swv6.testing.stt import STTContract
from tests.plugins_builtin.heard import word_errors
from tests.plugins_builtin.offers import offer

QUESTION = Path(__file__).parents[2] / "profiles/sounds/question-1.wav"


class Prism(STTContract):
    """What the live and the file settings share."""

    __test__ = False
    backend = offer("prism", "stt")

    def request(self) -> Audio:
        """Give a spoken French question, 5 s into a session."""
        sound = read(QUESTION)
        return Audio(sound.samples, sound.rate, start=5.0)


@pytest.mark.weights
class TestPrismLive(Prism):
    """The contract, as in a conversation."""

    __test__ = True
    options: ClassVar = {"model": "whisper-base", "language": "fr", "device": "cpu", "warmups": 1}
    says = "bonjour"

    async def test_the_short_window_hears_what_the_full_one_hears(self) -> None:
        """At most one word in five differs from the careful transcript of the whole window."""
        async with self.opened() as live, self.opened(live=False) as full:
            quick = (await collect(live(self.request())))[-1].text
            careful = (await collect(full(self.request())))[-1].text
        assert word_errors(careful, quick) <= 0.2

    async def test_a_long_fast_turn_is_heard_to_its_end(self) -> None:
        """All the shipped questions in one breath, a third faster than they were spoken."""
        spoken = questions()
        slow = Audio(np.concatenate([q.audio.samples for q in spoken]), round(spoken[0].audio.rate * 4 / 3))
        turn = Audio(resample(slow.samples, slow.rate, 16_000)[: 27 * 16_000], 16_000)
        async with self.opened() as live:
            text = (await collect(live(turn)))[-1].text
        assert len(text.split()) > 80, text

    @pytest.mark.parametrize("level", [0.003, 0.1])
    async def test_noise_is_not_speech(self, level: float) -> None:
        """White noise gives an empty transcript, not a sentence learnt from subtitles."""
        noise = np.random.default_rng(1).normal(0, level, 48_000).astype(np.float32)
        async with self.opened() as stage:
            self.check_silly(await collect(stage(Audio(noise, 16_000))))

    async def test_a_long_turn_takes_the_full_window(self) -> None:
        """More than the window holds is transcribed whole."""
        sound = self.request().samples
        times = 30 * 16_000 // len(sound) + 1
        async with self.opened() as stage:
            final = (await collect(stage(Audio(np.tile(sound, times), 16_000))))[-1]
        assert final.text.lower().count("bonjour") >= times // 2

    async def test_complaint_16_an_unsupported_compute_type_is_replaced_aloud(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        """No CPU computes in bfloat16 here: the nearest type is used and the user is told."""
        with caplog.at_level(logging.WARNING, "swv6.prism"):
            async with self.opened(compute_type="int8_float16") as stage:
                final = (await collect(stage(self.request())))[-1]
        assert final.metrics["compute_type"] == "int8_float32"
        assert "int8_float16" in caplog.text

    async def test_complaint_15_cuda_that_fails_becomes_the_cpu_aloud(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A GPU whose libraries are broken does not lose the turn."""
        import ctranslate2

        from plugins_builtin.prism import loading

        real = loading.Whisper.__init__

        def broken(self: Any, *args: Any, **settings: Any) -> None:
            if settings["device"] == "cuda":
                raise RuntimeError("Library cublas64_12.dll is not found")
            real(self, *args, **settings)

        monkeypatch.setattr(loading.Whisper, "__init__", broken)
        monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
        types = ctranslate2.get_supported_compute_types("cpu")
        monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device, index=0: types)
        async with self.opened(device="auto", compute_type="auto") as stage:
            await self.answers(stage)
        assert "cublas64_12.dll" in caplog.text
        assert "CPU" in caplog.text

    async def test_the_hub_is_never_asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder without a model is an error at once, whatever its name is."""
        monkeypatch.chdir(tmp_path)
        options = self.settled().model_copy(update={"model": "tiny"})
        with pytest.raises(ModelError, match=r"model\.bin"):
            async with self.backend.opener()(options):
                pass


@pytest.mark.weights
class TestPrismFiles(Prism):
    """The contract, as for files."""

    __test__ = True
    options: ClassVar = {"model": "whisper-base", "language": "fr", "device": "cpu", "live": False, "warmups": 0}
    says = "bonjour"

    async def test_words_have_times(self) -> None:
        """Every word of a file has its time and confidence, on the clock of the request."""
        async with self.opened() as stage:
            final = (await collect(stage(self.request())))[-1]
        words = [word for segment in final.segments for word in segment.words]
        assert len(words) >= len(final.text.split()) - 2
        assert words[0].start >= 5.0

    async def test_the_language_is_detected(self) -> None:
        """Without a language, French is recognised as French."""
        async with self.opened(language="") as stage:
            final = (await collect(stage(self.request())))[-1]
        assert final.language == "fr"


@pytest.mark.parametrize(
    ("wanted", "device", "supported", "chosen"),
    [
        ("auto", "cpu", {"int8", "float32"}, "int8"),
        ("auto", "cuda", {"float16", "int8", "float32"}, "float16"),
        ("auto", "cuda", {"int8_float32", "int8", "float32"}, "int8_float32"),
        ("float16", "cpu", {"int8", "int8_float32", "float32"}, "float32"),
        ("int8_float16", "cpu", {"int8", "int8_float32", "float32"}, "int8_float32"),
        ("int16", "cuda", {"float16"}, "float16"),
        ("int8", "cpu", set(), "default"),
    ],
)
def test_compute_type(wanted: str, device: str, supported: set[str], chosen: str) -> None:
    """The best type, or the nearest to the one asked for."""
    assert choose(wanted, device, supported) == chosen


def test_confidence_weighs_by_duration() -> None:
    """A long sure segment outweighs a short doubtful one."""
    assert confidence([Segment("a", 0, 3, 1.0), Segment("b", 3, 4, 0.2)]) == pytest.approx(0.8)
    assert confidence([]) == 0.0
