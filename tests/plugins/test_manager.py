"""One broken, slow or doubled plugin is contained and named; the others work."""

from __future__ import annotations

import pytest

from swv6.plugins import manager
from swv6.plugins.manager import DISABLE, load

from .conftest import Make

VOICE = """
from swv6.plugins import Backend, hookimpl

@hookimpl
def swv6_tts():
    return [Backend("NAME", "A voice.", "nowhere:open", "nowhere:Options")]
"""


def voice(name: str) -> str:
    """Give the source of a plugin that offers one voice."""
    return VOICE.replace("NAME", name)


def test_an_offer_is_found_with_its_owner(make: Make) -> None:
    plugins = load(make("pkg", one=voice("anna")))
    assert plugins.backends("tts")["anna"].summary == "A voice."
    assert plugins.owners["tts", "anna"] == "one"
    found = plugins.found["one"]
    assert (found.package, found.version, found.error) == ("pkg", "1.2", "")
    assert found.seconds > 0


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("import there_is_no_such_module", "ModuleNotFoundError: No module named 'there_is_no_such_module'"),
        ("1/0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("def broken(:", "SyntaxError"),
        (voice("x").replace("    return [", "    raise OSError('no card')\n    return ["), "OSError: no card"),
        (voice("x").replace("    return [", "    return ['x'] + ["), "swv6_tts must return Backend offers, not 'x'"),
        (voice("x").replace("    return [", "    return None\n    ["), "an iterable of Backend offers, not None"),
        (voice("x").replace("swv6_tts", "swv6_tss"), "unknown hook 'swv6_tss'"),
        (voice("x").replace("swv6_tts()", "swv6_tts(config)"), "config"),
        (voice("x").replace("swv6_tts", "swv6_commands"), "swv6_commands must return Command offers"),
        (voice("x").replace("    return [", "    return 2 * ["), "pkg_a and pkg_a both offer the tts 'x'"),
    ],
)  # fmt: skip
def test_a_broken_plugin_is_recorded_and_the_next_one_works(make: Make, source: str, error: str) -> None:
    make("pkg_a", bad=source)
    plugins = load(make("pkg_b", good=voice("anna")))
    assert error in plugins.broken["bad"]
    assert list(plugins.broken) == ["bad"]
    assert list(plugins.backends("tts")) == ["anna"]


def test_a_plugin_that_breaks_in_its_second_hook_offers_nothing(make: Make) -> None:
    source = voice("anna") + "\n@hookimpl\ndef swv6_vad():\n    raise OSError('no')\n"
    plugins = load(make("pkg", half=source))
    assert plugins.broken == {"half": "OSError: no"}
    assert plugins.backends("tts") == {}
    assert plugins.owners == {}


def test_two_packages_with_one_plugin_name_are_both_named(make: Make) -> None:
    make("pkg_a", same=voice("anna"))
    plugins = load(make("pkg_b", same=voice("bea")))
    assert list(plugins.backends("tts")) == ["anna"]
    assert plugins.broken == {"same (pkg_b)": "duplicate: pkg_a and pkg_b both call a plugin 'same'"}


def test_two_packages_with_one_offer_are_both_named(make: Make) -> None:
    make("pkg_a", first=voice("anna"))
    plugins = load(make("pkg_b", second=voice("anna")))
    assert plugins.owners["tts", "anna"] == "first"
    assert plugins.broken == {"second": "LookupError: duplicate: pkg_a and pkg_b both offer the tts 'anna'"}


def test_the_environment_disables_by_name_without_importing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DISABLE, " one , other")
    plugins = load(make("pkg", one="raise AssertionError('imported')", two=voice("bea")))
    assert plugins.found["one"].disabled
    assert plugins.broken == {}
    assert list(plugins.backends("tts")) == ["bea"]


def test_a_profile_disables_by_name(make: Make) -> None:
    plugins = load(make("pkg", one=voice("anna"), two=voice("bea")))
    less = plugins.without(["one"])
    assert list(less.backends("tts")) == ["bea"]
    assert less.found["one"].disabled
    assert not less.found["two"].disabled
    assert list(plugins.backends("tts")) == ["anna", "bea"]


def test_import_time_is_measured(make: Make) -> None:
    plugins = load(make("pkg", slow=f"import time\ntime.sleep({manager.SLOW * 1.2})", quick=""))
    assert plugins.found["slow"].seconds > manager.SLOW


def test_commands_and_profiles_are_given_by_name(make: Make) -> None:
    source = """
from pathlib import Path
from swv6.plugins import Command, ProfileOffer, hookimpl

@hookimpl
def swv6_commands():
    yield Command("hello", "Greet.", "nowhere:app")

@hookimpl
def swv6_profiles():
    yield ProfileOffer("mine", "A profile.", Path("mine.yaml"))
"""
    plugins = load(make("pkg", both=source))
    assert plugins.commands()["hello"].target == "nowhere:app"
    assert plugins.profiles()["mine"].summary == "A profile."


def test_the_installed_builtins_are_found_by_the_same_entry_points() -> None:
    found = manager.installed().found
    assert {"prism", "xllamacpp", "kokoro", "silero", "wav"} <= set(found)
    assert {p.package for p in found.values() if not p.error} >= {"swv6"}
    assert manager.installed() is manager.installed()
