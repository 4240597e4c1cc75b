"""`swv6 voices` lists what can speak, and says nothing wrong of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from swv6.models import catalog
from tests.test_bad_input import refused, swv6


def test_voices_of_the_catalog_and_of_backends_are_listed_by_language(tmp_path: Path) -> None:
    done = swv6("voices", "--language", "fr", "--json", cwd=tmp_path, SWV6_MODELS=str(tmp_path))
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert rows["ff_siwis"]["backend"] == "kokoro"
    assert not rows["ff_siwis"]["installed"]
    assert rows["fr_FR-siwis-medium"] == {
        **rows["fr_FR-siwis-medium"], "backend": "piper", "rate": 22050, "languages": ["fr"]
    }  # fmt: skip
    assert rows["fr-be"]["backend"] == "espeak"
    assert rows["fr-be"]["installed"]
    assert "af_heart" not in rows
    assert all(row["license"] for row in rows.values())


def test_every_voice_of_the_catalog_can_be_chosen() -> None:
    table = swv6("voices").stdout
    formats = ("piper", "kokoro-voice")
    assert all(f"\n{model.name} " in table for model in catalog.load().values() if model.format in formats)


def test_what_no_voice_is_called_or_speaks_is_refused() -> None:
    refused(swv6("voices", "--play", "ff_siwi"), 2, "did you mean ff_siwis", "-> swv6 voices")
    refused(swv6("voices", "--language", "tlh"), 2, "tlh", "-> swv6 voices")


@pytest.mark.parametrize(("option", "value"), [("--play", "--help"), ("--play", "-h"), ("--language", "--json")])
def test_an_option_is_no_name(option: str, value: str) -> None:
    refused(swv6("voices", option, value), 2, f"{option} takes a name, not {value}", "-> swv6 voices --help")


def test_a_voice_of_two_letters_is_not_what_was_meant() -> None:
    said = swv6("say", "Bonjour", "--voice", "zorg", "--no-play", "-o", "never.wav")
    refused(said, 2, "no voice is called 'zorg'", "-> swv6 voices")
    assert "did you mean" not in said.stderr
