"""The example package as a stranger meets it: installed by pip, used, uninstalled and gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import EXAMPLE, Environment

OFFERS = {
    ("stt", "morse"), ("llm", "calculette"), ("tts", "morse"), ("vad", "tone"), ("text_filter", "plain-letters"),
    ("command", "morse"), ("profile", "morse"),
}  # fmt: skip


@pytest.fixture(scope="module")
def environment(create: Callable[[], Environment], wheels: Path) -> Environment:
    """Install the example beside swv6."""
    made = create()
    made.pip("install", "--no-deps", "--no-index", str(next(wheels.glob("swv6_plugin_example-*.whl"))))
    return made


def offers(environment: Environment) -> set[tuple[str, str]]:
    rows = json.loads(environment.swv6("plugins", "--json"))
    assert all(row["state"] == "available" for row in rows if row["package"] == "swv6-plugin-example")
    return {(row["kind"], row["name"]) for row in rows if row["package"] == "swv6-plugin-example"}


def test_its_offers_are_listed(environment: Environment) -> None:
    assert offers(environment) == OFFERS
    assert "pitch = 600" in environment.swv6("plugins", "show", "morse")


def test_it_can_be_disabled(environment: Environment) -> None:
    assert "disabled" in environment.run("-c", DISABLED)


DISABLED = """
import os
os.environ["SWV6_DISABLE_PLUGINS"] = "morse"
from swv6.cli.app import run
run(["plugins", "show", "morse"])
"""


def test_its_own_tests_pass(environment: Environment) -> None:
    told = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(EXAMPLE), str(EXAMPLE))
    assert " passed" in told
    assert "skipped" not in told


def test_its_command_works(environment: Environment) -> None:
    assert "Turn text into Morse code" in environment.swv6("--help")
    environment.swv6("morse", "encode", "l'été à 20 h", "-o", "ete.wav")
    assert environment.swv6("morse", "decode", "ete.wav").strip() == "L ETE A 20 H"


def test_its_backends_serve_other_commands(environment: Environment) -> None:
    environment.swv6("say", "--profile", "morse", "-o", "said.wav", "bonjour")
    assert environment.swv6("transcribe", "--profile", "morse", "said.wav").strip() == "BONJOUR"


def test_its_profile_holds_a_conversation(environment: Environment) -> None:
    assert "morse" in environment.swv6("profiles", "list")
    told = environment.swv6("talk", "--profile", "morse", "--once")
    assert "TROIS FOIS SIX" in told
    assert "3 fois 6 égale 18." in told
    assert environment.swv6("morse", "decode", "swv6-morse.wav").strip() == "TROIS FOIS SIX EGALE DIX HUIT"


def test_it_is_gone_after_uninstalling(environment: Environment) -> None:
    environment.pip("uninstall", "--yes", "swv6-plugin-example")
    assert offers(environment) == set()
    assert "Morse" not in environment.swv6("--help")
    assert "No such command 'morse'" in environment.swv6("morse", code=2)
    assert "morse" in environment.swv6("talk", "--profile", "morse", "--once", code=2)
