"""Another voice for one text."""

from __future__ import annotations

from typing import Any

import pytest

from swv6.errors import UsageError
from swv6.profiles import Choice, resolve
from swv6.profiles.voices import audible, with_voice


def first(**wishes: Any) -> Choice:
    return with_voice(resolve("en"), **wishes).tts[0]


def test_a_voice_of_the_catalog_brings_its_backend_and_its_language() -> None:
    profile = with_voice(resolve("default"), voice="en_US-joe-medium")
    assert profile.language == "en"
    assert [choice.backend for choice in profile.tts] == ["piper"]
    assert profile.tts[0].options.voice == "en_US-joe-medium"  # type: ignore[attr-defined]


def test_a_voice_that_a_backend_lists_brings_both_too() -> None:
    profile = with_voice(resolve("en"), voice="fr-be")
    assert profile.language == "fr"
    assert [choice.backend for choice in profile.tts] == ["espeak"]
    assert profile.tts[0].options.voice == "fr-be"  # type: ignore[attr-defined]


def test_a_backend_is_the_profiles_own_entry_and_alone() -> None:
    profile = with_voice(resolve("en"), backend="piper")
    assert [choice.options.model_dump()["voice"] for choice in profile.tts] == ["en_US-joe-medium"]


@pytest.mark.parametrize(
    ("backend", "field", "value"), [("kokoro", "speed", 1.5), ("espeak", "words_per_minute", 240), ("sapi", "speed", 4)]
)
def test_speed_is_said_in_each_backends_own_measure(backend: str, field: str, value: float) -> None:
    assert first(backend=backend, speed=1.5).options.model_dump()[field] == value


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"backend": "nobody"}, "espeak"),
        ({"voice": "af_hart"}, "did you mean af_heart"),
        ({"voice": "fr-bee"}, "did you mean fr-be"),
        ({"backend": "piper", "voice": "fr-be"}, "no voice is called 'fr-be'"),
        ({"backend": "kokoro", "speed": 3.0}, "kokoro: speed"),
        ({"backend": "silent", "voice": "x"}, "silent takes no voice"),
    ],
)
def test_a_wish_that_cannot_be_is_a_usage_error(wishes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        first(**wishes)


def test_a_last_resort_reads_nothing_unless_it_is_asked_for() -> None:
    assert "silent" not in [choice.backend for choice in audible(resolve("en")).tts]
    assert [choice.backend for choice in audible(resolve("en", ["tts=[silent]"])).tts] == ["silent"]
