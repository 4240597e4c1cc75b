"""--set: one value of a profile, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from swv6.profiles import Profile, resolve
from tests.profiles.fakes import BASE, EarOptions, fake_plugins, mistakes, write

CHAIN = BASE.replace("tts: plain", "tts: [ear: {beam_size: 2, wait: 3 s}, plain]").replace(
    "speaker: plain", "speaker: {ear: {}}"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path, CHAIN)


def changed(path: Path, *overrides: str) -> Profile:
    return resolve(str(path), overrides, fake_plugins())


def ear(profile: Profile, key: str = "tts") -> EarOptions:
    options = getattr(profile, key)[0].options
    assert isinstance(options, EarOptions)
    return options


def test_values_are_yaml_with_units(path: Path) -> None:
    profile = changed(path, "turns.silence=0.8 s", "cache.tts={max_bytes: 1 MB, ttl: 2 h}", "concurrency = 3")
    assert profile.turns.silence == 0.8
    assert profile.turns.pre_roll == 0.5
    assert profile.cache.tts is not None
    assert (profile.cache.tts.max_bytes, profile.cache.tts.ttl) == (1_000_000, 7200.0)
    assert profile.concurrency == 3


@pytest.mark.parametrize("key", ["tts.0.ear.beam_size", "tts.ear.beam_size"])
def test_a_chain_is_indexed_by_number_or_by_backend(path: Path, key: str) -> None:
    options = ear(changed(path, f"{key}=7"))
    assert (options.beam_size, options.wait) == (7, 3.0)


def test_a_chain_of_one_needs_no_number(path: Path) -> None:
    assert ear(changed(path, "speaker.ear.beam_size=4"), "speaker").beam_size == 4


def test_a_whole_chain_an_entry_and_the_order_of_overrides(path: Path) -> None:
    assert [c.backend for c in changed(path, "tts=[plain, ear]").tts] == ["plain", "ear"]
    assert [c.backend for c in changed(path, "tts=absent").tts] == ["absent"]
    assert [c.backend for c in changed(path, "tts.1=absent").tts] == ["ear", "absent"]
    assert changed(path, "language=en", "language=de").language == "de"


def test_a_path_is_relative_to_the_current_folder(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    (work / "a.wav").touch()
    assert ear(changed(path, "tts.ear.files=[a.wav]")).files == [Path.cwd() / "a.wav"]


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("turns.silense=1 s", "turns.silense: unknown key, expected one of "),
        ("turns.silence=1 parsec", 'turns.silence: found "1 parsec", expected a number with a unit'),
        ("tts.5=plain", "tts.5: not in the list, which holds 0 (ear), 1 (plain)"),
        ("tts.ears.beam_size=1", "tts.ears: not in the list, which holds 0 (ear), 1 (plain)"),
        ("tts.ear.beam=1", "tts.0.ear.beam: unknown key"),
        ("turns.silence", "expected key.path=value"),
        ("=1", "expected key.path=value"),
        ("turns..silence=1", "expected key.path=value"),
        ("tts=[ear", "expected ',' or ']'"),
        ("turns=3", "turns: found 3, expected a map"),
        ("concurrency=true", "concurrency: found true, expected a whole number"),
    ],
)
def test_a_mistake_names_the_option_as_it_was_written(path: Path, override: str, says: str) -> None:
    (problem,) = mistakes(path, override)
    assert problem.startswith(f"--set {override}: ")
    assert says in problem


def test_every_wrong_override_is_named_beside_the_mistakes_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, BASE + "concurency: 1\n")
    found = mistakes(path, "a=1", "b", "turns.silence=x")
    assert [line.split(": ")[0] for line in found] == ["@:7", "--set b", "--set turns.silence=x", "--set a=1"]
