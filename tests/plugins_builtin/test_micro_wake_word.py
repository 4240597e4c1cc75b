"""microWakeWord hears its words in synthesised speech, and nothing else in other speech."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest

from plugins_builtin.micro_wake_word.options import SHIPPED
from swv6.audio.files import read
from swv6.audio.resample import resample
from swv6.errors import ProfileError
from swv6.profiles import resolve
from swv6.testing.opened import opened
from swv6.testing.stage import collect
from swv6.testing.wake_word import WakeWordContract, words
from tests.conftest import needs
from tests.plugins_builtin.heard import joined
from tests.plugins_builtin.offers import offer
from tests.plugins_builtin.weights import weights

if TYPE_CHECKING:
    from swv6.types import Samples

ROOT = Path(__file__).parents[2]
ALL = ("okay_nabu", "hey_jarvis", "hey_mycroft", "alexa")
SAID = {
    "Okay Nabu": "Okay Nabu.",
    "Hey Jarvis": "Hey Jarvis.",
    "Hey Mycroft": "Hey Mycroft.",
    "Alexa": "Alexa.",
    "": "Hello everyone, what is the capital of France? Hey, my alarm is ringing.",
}


@pytest.fixture(autouse=True)
def _installed() -> None:
    if reason := offer("micro_wake_word", "wake_word").missing():
        needs(reason)


class TestMicroWakeWord(WakeWordContract):
    """The contract of wake words."""

    backend = offer("micro_wake_word", "wake_word")
    options: ClassVar = {"words": ALL}
    broken = ({"words": (str(ROOT / "docs/monitoring/grafana.json"),)},)

    async def test_the_words_are_those_of_the_profile(self) -> None:
        """In the profile's order, as they are said."""
        async with self.opened(words=("hey_jarvis", "okay_nabu")) as wake_word:
            assert wake_word.words == ("Hey Jarvis", "Okay Nabu")

    async def test_a_model_of_ones_own_is_named_by_its_file(self) -> None:
        """Any microWakeWord model with its `.json` will do."""
        import pymicro_wakeword

        own = Path(pymicro_wakeword.__file__).parent / "models" / "alexa.json"
        async with self.opened(words=(str(own),)) as wake_word:
            assert wake_word.words == ("Alexa",)

    async def test_french_questions_wake_nobody(self) -> None:
        """A minute of French in which none of the words is said."""
        files = [*sorted((ROOT / "profiles/sounds").rglob("*.wav")), ROOT / "tests/sounds/meteo.flac"]
        async with self.opened() as wake_word:
            assert words(wake_word, np.concatenate([read(file).samples for file in files])) == []


def test_the_words_that_a_profile_may_name_are_those_in_the_wheel() -> None:
    from pymicro_wakeword import Model

    assert set(SHIPPED) == {model.value for model in Model}


@pytest.mark.parametrize("word", ["hey_jarvi", "no/such/file.json"])
def test_a_word_that_nobody_knows_is_a_mistake_of_the_profile(word: str) -> None:
    with pytest.raises(ProfileError) as caught:
        resolve("default", [f"wake_word={{micro_wake_word: {{words: [alexa, {word}]}}}}"])
    (problem,) = caught.value.problems
    assert f'wake_word.micro_wake_word.words.1: found "{word}", expected one of okay_nabu, hey_jarvis' in problem
    assert problem.endswith("(did you mean hey_jarvis?)" if word == "hey_jarvi" else "file that exists")


@pytest.mark.weights
@pytest.mark.anyio
class TestSpoken:
    """Each word said by a synthetic voice that has nothing to do with the networks."""

    @pytest.fixture(scope="class")
    @classmethod
    def spoken(cls) -> dict[str, Samples]:
        """Give each phrase at 16 kHz between silences."""
        import anyio

        return anyio.run(partial(_spoken, "en_US-joe-medium"))

    @pytest.mark.parametrize("word", SAID)
    async def test_hears_its_word_once_and_no_other(self, word: str, spoken: dict[str, Samples]) -> None:
        """The word that was said is heard once; other speech is not."""
        async with opened(TestMicroWakeWord.backend, {"words": ALL}) as wake_word:
            assert words(wake_word, spoken[word]) == ([word] if word else [])
            assert words(wake_word, spoken[word]) == ([word] if word else [])


async def _spoken(voice: str) -> dict[str, Samples]:
    quiet = np.zeros(16_000, np.float32)
    async with opened(offer("piper", "tts"), {"voice": str(weights(voice, "piper"))}) as piper:
        said = {word: joined(await collect(piper(text))) for word, text in SAID.items()}
    return {
        word: np.concatenate([quiet, resample(sound.samples, sound.rate, 16_000), quiet])
        for word, sound in said.items()
    }
