"""Resolving: what is inherited, and what is found where."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.plugins import ProfileOffer
from swv6.profiles import Profile, resolve
from tests.profiles.fakes import BASE, EarOptions, fake_plugins, load, write


def ear(profile: Profile) -> EarOptions:
    options = profile.stt[0].options
    assert isinstance(options, EarOptions)
    return options


def test_the_least_that_is_a_profile(tmp_path: Path) -> None:
    profile = load(write(tmp_path, BASE))
    assert profile.name == "mine"
    assert [c.backend for c in profile.stt] == ["plain"]
    assert profile.stt[0].offer.summary == "The plain."
    assert (profile.turns.silence, profile.fallback.failures, profile.vad_probe.threshold) == (0.6, 3, 0.025)
    assert (profile.gpu, profile.metrics, profile.cache.tts, profile.listeners) == (None, None, None, ())


def test_units_are_seconds_and_bytes(tmp_path: Path) -> None:
    text = "cache: {tts: {max_bytes: 200 MB, ttl: 2 h}}\nvad_probe: {threshold: 25 ms}\ngpu: {min_vram: 20 GB}\n"
    profile = load(write(tmp_path, BASE + text))
    assert profile.cache.tts is not None
    assert profile.gpu is not None
    assert (profile.cache.tts.max_bytes, profile.cache.tts.ttl) == (200_000_000, 7200.0)
    assert (profile.vad_probe.threshold, profile.gpu.min_vram) == (0.025, 20_000_000_000)


def test_extends_by_path_and_by_name_through_two_files(tmp_path: Path, own_profiles: Path) -> None:
    write(own_profiles, BASE + "language: de\nturns: {silence: 1 s, pre_roll: 1 s}\nsummary: s\n", "root.yaml")
    write(tmp_path, "extends: root\nturns: {silence: 1.1 s}\nllm: [ear, plain]\n", "sub/middle.yaml")
    profile = load(write(tmp_path, "extends: sub/middle.yaml\nllm: absent\n"))
    assert (profile.turns.silence, profile.turns.pre_roll, profile.language) == (1.1, 1.0, "de")
    assert [c.backend for c in profile.llm] == ["absent"]
    assert profile.summary == ""


def test_a_file_may_extend_the_profile_whose_name_it_takes(own_profiles: Path, tmp_path: Path) -> None:
    plugins = fake_plugins()
    theirs = write(tmp_path, BASE + "language: it\n", "x.yaml")
    plugins.offers["profile"]["same"] = ProfileOffer("same", "", theirs)
    write(own_profiles, "extends: same\nconcurrency: 4\n", "same.yaml")
    profile = resolve("same", (), plugins)
    assert (profile.language, profile.concurrency) == ("it", 4)


def test_language_is_inherited_by_options_that_do_not_set_it(tmp_path: Path) -> None:
    assert ear(load(write(tmp_path, BASE.replace("stt: plain", "stt: ear") + "language: es\n"))).language == "es"
    written = BASE.replace("stt: plain", "stt: {ear: {language: pt}}")
    assert ear(load(write(tmp_path, written + "language: es\n"))).language == "pt"


def test_paths_are_relative_to_the_file_that_wrote_them_and_written_ones_are_not(tmp_path: Path) -> None:
    options = "{files: [a.wav, ../b.wav], model: ./weights, out: o.wav}"
    write(tmp_path, BASE.replace("stt: plain", f"stt: {{ear: {options}}}"), "deep/base.yaml")
    for name in ("deep/a.wav", "b.wav"):
        (tmp_path / name).touch()
    got = ear(load(write(tmp_path, "extends: deep/base.yaml\n")))
    deep = (tmp_path / "deep").resolve()
    assert got.files == [deep / "a.wav", deep / "../b.wav"]
    assert (got.model, got.out) == (str(deep / "weights"), Path("o.wav"))


def test_a_model_is_a_name_of_the_catalog_or_anything_that_exists(tmp_path: Path) -> None:
    (tmp_path / "mine-whisper").mkdir()
    text = BASE.replace("stt: plain", "stt: {ear: {model: NAME}}")
    assert ear(load(write(tmp_path, text.replace("NAME", "whisper-small")))).model == "whisper-small"
    got = ear(load(write(tmp_path, text.replace("NAME", "mine-whisper"))))
    assert got.model == str(tmp_path.resolve() / "mine-whisper")


def test_a_missing_extra_is_no_mistake_of_the_profile(tmp_path: Path) -> None:
    profile = load(write(tmp_path, BASE.replace("stt: plain", "stt: absent")))
    assert profile.stt[0].offer.missing().startswith("missing no_such_module")


@pytest.mark.parametrize("code", ["fr", "fr-CA", "no", "jw", "gsw", "yue-Hant"])
def test_a_language_that_exists(tmp_path: Path, code: str) -> None:
    assert load(write(tmp_path, BASE + f"language: {code}\n")).language == code
