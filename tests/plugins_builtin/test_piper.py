"""Piper keeps the contract of voices with a real voice, in this process and as a program."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from swv6.models.store import Store
from swv6.plugins import BackendError, MissingExtra, ModelError
from swv6.testing.stage import collect
from swv6.testing.tts import TTSContract
from tests.plugins_builtin.heard import heard, joined, word_errors
from tests.plugins_builtin.offers import offer

SENTENCE = "The weather is very nice today in the city of London."


class Piper(TTSContract):
    """What both ways share."""

    __test__ = False
    text = "Hello. How are you doing today?"

    async def test_whisper_understands_it(self) -> None:
        """At most one word in five is heard differently."""
        async with self.opened() as stage:
            sound = joined(await collect(stage(SENTENCE)))
        assert word_errors(SENTENCE, await heard(sound, "en")) <= 0.2

    async def test_the_speed_reaches_the_engine(self) -> None:
        """Twice as fast takes about half the time."""
        seconds = []
        for speed in (0.8, 1.6):
            async with self.opened(speed=speed) as stage:
                seconds.append(joined(await collect(stage(SENTENCE))).seconds)
        assert 0.3 < seconds[1] / seconds[0] < 0.75


@pytest.mark.weights
class TestPiper(Piper):
    """The contract, in this process."""

    __test__ = True
    backend = offer("piper", "tts")
    options: ClassVar = {"voice": "en_US-joe-medium"}

    async def test_sentences_come_one_by_one(self) -> None:
        """One piece of sound for each sentence."""
        async with self.opened() as stage:
            assert len(await collect(stage("Hello. How are you?"))) == 2


@pytest.mark.weights
class TestPiperCli(Piper):
    """The contract, as a program."""

    __test__ = True
    backend = offer("piper_cli", "tts")
    options: ClassVar = {"voice": "en_US-joe-medium"}

    async def test_without_the_program_it_says_so(self) -> None:
        """The name that was looked for is in the message."""
        with pytest.raises(MissingExtra, match="no-such-piper"):
            async with self.opened(program="no-such-piper"):
                pass

    async def test_a_voice_that_breaks_later_is_a_backend_error(self, tmp_path: Path) -> None:
        """The weights change while it is open: the request fails with the documented error."""
        real = Store().find("en_US-joe-medium", "piper")
        for suffix in ("", ".json"):
            shutil.copy(f"{real}{suffix}", tmp_path / f"voice.onnx{suffix}")
        async with self.opened(voice=str(tmp_path / "voice.onnx")) as stage:
            shutil.copy(__file__, tmp_path / "voice.onnx")
            with pytest.raises(BackendError):
                await collect(stage(self.text))

    async def test_a_program_that_is_no_piper_is_refused(self) -> None:
        """Python answers, but with no sound."""
        with pytest.raises(ModelError):
            async with self.opened(program=sys.executable):
                pass
