"""Kokoro keeps the contract of voices with real weights, and Whisper understands its French."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import onnx
import onnxruntime
import pytest

from plugins_builtin.kokoro.graph import rewritten
from plugins_builtin.kokoro.languages import clean, espeak_voice, pieces
from plugins_builtin.kokoro.quicker import KERNELS
from swv6.models.store import Store
from swv6.plugins import ModelError
from swv6.testing.stage import collect
from swv6.testing.tts import TTSContract
from tests.plugins_builtin.heard import heard, joined, word_errors
from tests.plugins_builtin.offers import offer

LINES = [
    [50, 83, 54, 156, 57, 135, 16, 62, 43, 102, 56, 61, 16, 50, 46, 4],
    [46, 156, 43, 56, 16, 61, 43, 54, 135, 62, 16, 50, 156, 63, 4],
    [53, 157, 76, 158, 46, 16, 62, 156, 43, 56, 4],
]
"""As tokens of the model."""


def weights(name: str) -> Path:
    return Store().folder(name)


def nothing_is_kept(*given: object) -> Path:
    raise PermissionError("read only")


def sounds(model: Path, *nudges: float) -> list[list[Any]]:
    """Let a model speak three lines of phonemes, each time with the style multiplied."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    styles = np.fromfile(next(weights("ff_siwis").glob("*.bin")), "<f4").reshape(-1, 1, 256)
    return [[_sound(session, line, styles[len(line)] * np.float32(nudge)) for line in LINES] for nudge in nudges]


def _sound(session: Any, line: list[int], style: Any) -> Any:
    return session.run(None, {"tokens": [[0, *line, 0]], "style": style, "speed": np.ones(1, np.float32)})[0]


FRAME = 2400
"""A tenth of a second of sound."""


def spoken(sound: Any) -> Any:
    """Leave out what is quiet at both ends."""
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max())
    return sound[loud[0] : loud[-1]]


def decibels(sound: Any) -> float:
    return float(10 * np.log10(np.mean(sound**2)))


def likeness(sound: Any, other: Any) -> float:
    """Give the sound over the difference, in dB."""
    assert sound.shape == other.shape
    return float(10 * np.log10(np.mean(other**2) / np.mean((sound - other) ** 2)))


@pytest.mark.weights
class TestKokoro(TTSContract):
    """The contract of voices."""

    backend = offer("kokoro", "tts")
    options: ClassVar = {"model": "kokoro-v1.0-int8", "voice": "ff_siwis", "language": "fr"}
    broken = ({"language": "klingonish"},)

    @pytest.mark.parametrize(
        "text", ["Bonjour, je m'appelle Camille et j'habite à Lyon.", "Il y a cent vingt minutes dans deux heures."]
    )
    async def test_whisper_understands_its_french(self, text: str) -> None:
        """At most one word in five is heard differently."""
        async with self.opened() as stage:
            sound = joined(await collect(stage(text)))
        said = text.replace("cent vingt", "120").replace("deux", "2")
        text_heard = (await heard(sound, "fr")).replace("deux", "2").replace("cent vingt", "120")
        assert word_errors(said, text_heard) <= 0.2

    async def test_sound_begins_at_once(self) -> None:
        """No more than 10 ms of quiet lead the first word."""
        async with self.opened() as stage:
            sound = joined(await collect(stage("Bonjour Camille.")))
        assert np.argmax(np.abs(sound.samples) > 0.02 * np.abs(sound.samples).max()) < 0.010 * sound.rate

    async def test_two_voices_share_the_model(self) -> None:
        """An English voice and a French one speak from the same weights, and differ."""
        async with self.opened() as french, self.opened(voice="af_heart", language="en") as english:
            first = joined(await collect(french("Paris."))).samples
            second = joined(await collect(english("Paris."))).samples
        assert first.shape != second.shape or not np.allclose(first, second)

    async def test_the_quicker_kernels_sound_as_it_did(self, tmp_path: Path) -> None:
        """With them it differs less than by a millionth in the style, to which its bytes and phases answer as much.

        Both differ by 15 to 20 dB of the sound, no sound by rounding being the right one; phases of the wrong sign, 10.
        """
        as_it_is, quicker = next(weights("kokoro-v1.0-int8").glob("*.onnx")), tmp_path / "quicker.onnx"
        model = onnx.load(as_it_is)
        assert rewritten(model, KERNELS)
        onnx.save(model, quicker)
        kinds = Counter(node.op_type for node in model.graph.node)
        assert kinds["ConvInteger"] <= 5
        assert kinds["Sin"] <= 3
        assert not kinds["STFT"]
        assert kinds["MatMulIntegerToFloat"] > 80
        assert kinds["InstanceNormalization"] > 60
        (after,), (before, nudged) = sounds(quicker, 1.0), sounds(as_it_is, 1.0, 1.000001)
        for new, old, other in zip(after, before, nudged, strict=True):
            assert likeness(new, old) > likeness(other, old) - 3

    async def test_only_its_quiet_ends_are_left_out(self) -> None:
        """Of each sound a quarter of a second and more, all of it quiet; what remains is as loud as it was."""
        async with self.opened():
            folder = weights("kokoro-v1.0-int8")
            quicker, as_it_is = next(folder.glob(".made/quicker-*.onnx")), next(folder.glob("*.onnx"))
        (cut,), (whole,) = sounds(quicker, 1.0), sounds(as_it_is, 1.0)
        for new, old in zip(cut, whole, strict=True):
            assert 6000 < len(old) - len(new) < 0.5 * len(old)
            assert abs(len(spoken(old)) - len(spoken(new))) < FRAME
            assert abs(decibels(spoken(new)) - decibels(spoken(old))) < 2

    async def test_the_model_as_it_is_will_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing can be kept, it speaks all the same."""
        (tmp_path / "kokoro.onnx").symlink_to(next(weights("kokoro-v1.0-int8").glob("*.onnx")))
        monkeypatch.setattr("plugins_builtin.kokoro.engine.derived", nothing_is_kept)
        async with self.opened(model=str(tmp_path)) as stage:
            assert len(joined(await collect(stage("Bonjour Camille."))).samples) > 12000

    async def test_long_texts_come_sentence_by_sentence(self) -> None:
        """The first sound does not wait for the last sentence."""
        async with self.opened() as stage:
            assert len(await collect(stage("Ceci est une phrase qui dure assez longtemps pour compter. " * 3))) == 3

    @pytest.mark.parametrize("content", [b"", b"1234", np.full((2, 1, 256), np.nan, "<f4").tobytes()])
    async def test_a_broken_voice_is_a_model_error(self, tmp_path: Path, content: bytes) -> None:
        """Neither an empty file, nor one of the wrong size, nor one of no numbers is a voice."""
        (tmp_path / "ff_broken.bin").write_bytes(content)
        with pytest.raises(ModelError, match="ff_broken"):
            async with self.opened(voice=str(tmp_path / "ff_broken.bin")):
                pass


@pytest.mark.parametrize(
    ("language", "voice", "chosen"),
    [
        ("fr", "ff_siwis", "fr-fr"),
        ("", "ff_siwis", "fr-fr"),
        ("", "bf_emma", "en-gb"),
        ("en", "bf_emma", "en-gb"),
        ("en", "ff_siwis", "en-us"),
        ("en-us", "bf_emma", "en-us"),
        ("fr", "af_heart", "fr-fr"),
        ("", "mine", "en-us"),
        ("it", "if_sara", "it"),
    ],
)
def test_language(language: str, voice: str, chosen: str) -> None:
    """The language wins; the voice gives its accent."""
    assert espeak_voice(language, voice) == chosen


def test_marks_of_a_change_of_language_are_not_read_aloud() -> None:
    """`(en)` goes, parentheses of the text stay."""
    assert clean("lə (en)wˈiːkˈɛnd(fr), (wˈi)") == "lə wˈiːkˈɛnd, (wˈi)"


def test_pieces_lose_nothing() -> None:
    """Cutting keeps every sentence, in order, and makes none too short but the last."""
    text = "a b. c d! e f? " + "x" * 70 + ". y"
    cut = pieces(text, least=10)
    assert " ".join(cut) == text
    assert all(len(piece) >= 10 for piece in cut[:-1])
    assert pieces("  ") == []
