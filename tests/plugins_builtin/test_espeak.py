"""espeak-ng keeps the contract of voices and can be told how to speak."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

from swv6.plugins import ModelError
from swv6.testing.stage import collect
from swv6.testing.tts import TTSContract
from tests.plugins_builtin.offers import offer


class TestEspeak(TTSContract):
    """The contract of voices."""

    backend = offer("espeak", "tts")
    options: ClassVar = {"language": "fr"}
    broken = ({"voice": "klingonish"},)

    async def test_languages_sound_different(self) -> None:
        """The same words in another language are another sound."""
        sounds = []
        for language in ("fr", "en"):
            async with self.opened(language=language) as stage:
                sounds.append(np.concatenate([audio.samples for audio in await collect(stage("table lamp"))]))
        assert sounds[0].shape != sounds[1].shape or not np.allclose(sounds[0], sounds[1])

    async def test_it_has_sound_in_it(self) -> None:
        """It is no silence: louder than -40 dBFS on the whole."""
        async with self.opened() as stage:
            samples = np.concatenate([audio.samples for audio in await collect(stage(self.text))])
        assert np.sqrt(np.mean(samples**2)) > 0.01

    async def test_twice_the_words_a_minute_take_about_half_the_time(self) -> None:
        """The speed reaches the engine."""
        seconds = []
        for speed in (120, 240):
            async with self.opened(words_per_minute=speed) as stage:
                seconds.append(sum(audio.seconds for audio in await collect(stage(self.text))))
        assert 0.35 < seconds[1] / seconds[0] < 0.75

    async def test_sound_comes_in_pieces(self) -> None:
        """Sound streams: one buffer at a time."""
        async with self.opened() as stage:
            assert len(await collect(stage(self.text))) > 5

    async def test_two_voices_open_at_once_keep_apart(self) -> None:
        """Users of the one library speak in their own voices."""
        async with self.opened(language="fr") as french, self.opened(language="en") as english:
            first = sum(a.seconds for a in await collect(french("cheval")))
            other = sum(a.seconds for a in await collect(english("cheval")))
            again = sum(a.seconds for a in await collect(french("cheval")))
        assert abs(again - first) < abs(other - first)

    async def test_the_error_names_the_voice(self) -> None:
        """What is wrong is in the message."""
        with pytest.raises(ModelError, match="klingonish"):
            async with self.opened(voice="klingonish"):
                pass
