"""What a profile or the environment disables is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.errors import MissingExtra, ProfileError
from swv6.plugins.manager import Plugin
from swv6.profiles import resolve
from tests.profiles.fakes import BASE, fake_plugins, load, mistakes, write


def test_a_backend_that_the_profile_disables_is_passed_over(tmp_path: Path) -> None:
    text = BASE.replace("stt: plain", "stt: [{ear: {beam_size: 7}}, plain]").replace("tts: plain", "tts: [plain, ear]")
    profile = load(write(tmp_path, text + "plugins: {disable: [the-ear, gone]}\n"))
    first, second = profile.stt
    assert first.offer.missing() == "disabled by plugins.disable of the profile"
    with pytest.raises(MissingExtra, match="ear: disabled by"):
        first.offer.check()
    assert first.options.model_dump() == {"beam_size": 7}
    assert (second.backend, second.offer.missing()) == ("plain", "")


def test_a_chain_of_nothing_but_disabled_backends_is_a_mistake(tmp_path: Path) -> None:
    text = BASE.replace("stt: plain", "stt: [ear, absent]") + "plugins: {disable: [the-ear, the-absent]}\n"
    (problem,) = mistakes(write(tmp_path, text))
    by = "disabled by plugins.disable of the profile"
    assert problem == f"@:1: stt.0: ear is {by}, absent is {by}, expected at least one backend that is not"


def test_a_disabled_filter_is_done_without(tmp_path: Path) -> None:
    text = BASE + "text_filters: [ear, plain]\nplugins: {disable: [the-ear]}\n"
    assert [choice.backend for choice in load(write(tmp_path, text)).text_filters] == ["plain"]


def test_a_backend_that_the_environment_disables_is_passed_over_and_a_misspelt_one_is_not(tmp_path: Path) -> None:
    plugins = fake_plugins()
    for name in ("kokoro", "no_vad"):  # not loaded, so what they offer is unknown
        plugins.found[name] = Plugin(name, disabled=True)
    path = write(tmp_path, BASE.replace("tts: plain", "tts: [kokoro: {voice: x}, zzz, plain]"))
    first, second, _ = resolve(str(path), (), plugins).tts
    assert first.offer.missing() == second.offer.missing() == "disabled by SWV6_DISABLE_PLUGINS"
    with pytest.raises(ProfileError, match=r"tts\.0: found unknown tts backend plian.*did you mean plain"):
        resolve(str(write(tmp_path, BASE.replace("tts: plain", "tts: [plian, plain]"))), (), plugins)
