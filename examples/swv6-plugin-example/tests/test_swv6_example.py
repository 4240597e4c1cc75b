"""The example keeps the contract of every kind that it offers, and does what it says."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest
import swv6_example
from swv6_example.count import answer
from swv6_example.letters import plain, seconds_per_unit, words
from swv6_example.listen import decode
from swv6_example.options import Voice
from swv6_example.speak import RATE, key

from swv6.plugins import Audio, Message
from swv6.testing.llm import LLMContract
from swv6.testing.stt import STTContract
from swv6.testing.tts import TTSContract
from swv6.testing.vad import VADContract


def keyed(text: str, speed: float = 20) -> Audio:
    """Give a text as Morse code."""
    return Audio(np.concatenate([key(word, Voice(words_per_minute=speed)) for word in words(text)]), RATE)


class TestRecogniser(STTContract):
    backend = next(iter(swv6_example.swv6_stt()))
    says = "sos"

    def request(self) -> Audio:
        sound = keyed("sos")
        return Audio(sound.samples, sound.rate, start=5.0)


class TestModel(LLMContract):
    backend = next(iter(swv6_example.swv6_llm()))


class TestVoice(TTSContract):
    backend = next(iter(swv6_example.swv6_tts()))
    text = "sos à tous"


class TestDetector(VADContract):
    backend = next(iter(swv6_example.swv6_vad()))


@pytest.mark.parametrize("speed", [12, 20, 35])
@pytest.mark.parametrize(
    "text", ["SOS", "T", "E", "TOTO", "2 PLUS 3", "LE VIF ZEPHYR JUBILE SUR LES KUMQUATS 0123456789"]
)
def test_what_is_keyed_is_read(text: str, speed: float) -> None:
    assert decode(keyed(text, speed), seconds_per_unit(speed)) == text


@pytest.mark.parametrize("faster", [0.85, 1.2])
def test_a_keyer_may_be_a_little_fast_or_slow(faster: float) -> None:
    assert decode(keyed("PARIS PARIS", 20 * faster), seconds_per_unit(20)) == "PARIS PARIS"


def test_noise_is_tolerated() -> None:
    sound = keyed("BONJOUR")
    noise = np.random.default_rng(1).normal(0, 0.03, len(sound.samples)).astype(np.float32)
    assert decode(Audio(sound.samples + noise, RATE), seconds_per_unit(20)) == "BONJOUR"


class TestSums:
    cases: ClassVar[list[tuple[str, str]]] = [
        ("2 PLUS 3", "2 plus 3 égale 5."), ("combien font deux fois seize ?", "2 fois 16 égale 32."),
        ("3 - 10", "3 moins 10 égale moins 7."), ("bonjour", "Je ne sais que compter."),
    ]  # fmt: skip

    @pytest.mark.parametrize(("asked", "said"), cases)
    def test_one_question(self, asked: str, said: str) -> None:
        assert answer((Message("user", asked),)) == said

    def test_it_goes_on_from_its_last_result(self) -> None:
        chat: Any = (Message("user", "2 plus 3"), Message("assistant", "2 plus 3 égale 5."), Message("user", "fois 4"))
        assert answer(chat) == "5 fois 4 égale 20."


def test_the_filter_leaves_what_morse_can_say() -> None:
    assert plain("Où êtes-vous ? À Orléans, œuvre n° 2 !") == "OU ETES VOUS A ORLEANS UVRE N 2"
