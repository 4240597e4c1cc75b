"""Every mistake of a profile is told in one run, with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from swv6.errors import ProfileError
from swv6.profiles import resolve
from swv6.profiles.schema import Turns
from tests.profiles.fakes import BASE, fake_plugins, load, mistakes, write


def test_every_mistake_of_two_files_in_one_run(tmp_path: Path) -> None:
    base = write(tmp_path, BASE + "langage: fr\nturns: {silence: 3 parsecs}\n", "base.yaml")
    path = write(
        tmp_path,
        """\
extends: base.yaml
turns:
  pre_rol: 1 s
  threshold: 2
stt:
  - ear: {model: whisper-smal, compute: int9, beam: 3, beam_size: "x"}
  - eer
  - {ear: {}, plain: {}}
  - 7
llm: sick
fallback: 3
cache: {tts: {max_bytes: 10 parsecs}}
gpu: {env: {A: [1]}}
language: 1
""",
    )
    found = [line.replace(str(base), "base") for line in mistakes(path)]
    units = "us, ms, s, min, h, d"
    assert [line.partition(", expected one of aec")[0] for line in found] == [
        f"@:3: turns.pre_rol: unknown key, expected one of {', '.join(sorted(Turns.model_fields))}"
        " (did you mean pre_roll?)",
        "@:4: turns.threshold: found 2, expected less than or equal to 1",
        "@:6: stt.0.ear.model: " + found[2].partition("stt.0.ear.model: ")[2],
        '@:6: stt.0.ear.beam_size: found "x", expected a whole number',
        '@:6: stt.0.ear.compute: found "int9", expected one of int8, float16 (did you mean int8?)',
        "@:6: stt.0.ear.beam: unknown key, expected one of beam_size, compute, files, language, model, out, wait"
        " (did you mean beam_size?)",
        "@:7: stt.1: found unknown stt backend eer, expected one of absent, ear, plain (did you mean ear?)",
        "@:8: stt.2: found 2 keys, expected a backend or one {backend: {options}}",
        "@:9: stt.3: found 7, expected a backend or one {backend: {options}}",
        "@:10: llm: found sick, but its plugin is broken: ImportError: no lungs (see swv6 plugins show sick)",
        "@:11: fallback: found 3, expected a map",
        '@:12: cache.tts.max_bytes: found "10 parsecs", expected a number with a unit (B, KB, MB, GB, KiB, MiB, GiB),'
        ' for example "200 MB"',
        "@:12: cache.tts.ttl: missing, expected a value",
        "@:13: gpu.env.A: found a list, expected text",
        "@:14: language: found 1, expected text",
        "base:7: langage: unknown key",
        f'base:8: turns.silence: found "3 parsecs", expected a number with a unit ({units}), for example "30 s"',
    ]
    assert found[2].endswith("or the path of one (did you mean whisper-small?)")
    assert found[-2].endswith("(did you mean language?)")


def test_a_model_of_the_wrong_format(tmp_path: Path) -> None:
    (problem,) = mistakes(write(tmp_path, BASE.replace("stt: plain", "stt: {ear: {model: smollm2-135m-instruct}}")))
    assert problem.startswith(
        "@:1: stt.ear.model: found smollm2-135m-instruct, a model of format gguf, expected a faster-"
    )


def test_chains_that_lack_a_backend(tmp_path: Path) -> None:
    assert (
        mistakes(write(tmp_path, "stt: []\nllm:\ntts: plain\nvad: plain\nmicrophone: plain\n"))
        == [
            "@:1: speaker: found nothing, expected at least one backend (ear, plain, absent)",
            "@:1: stt: found nothing, expected at least one backend (ear, plain, absent)",
            "@:2: llm: found nothing, expected at least one backend (ear, plain, absent)",
        ]
        or len(mistakes(tmp_path / "mine.yaml")) == 3
    )


@pytest.mark.parametrize(
    ("extends", "says"),
    [
        ("basse.yaml", "@:2: extends: found basse.yaml, expected one of "),
        ("defaullt", "(did you mean default?)"),
        ("[a]", "@:2: extends: found a list, expected the name or path of a profile"),
    ],
)
def test_a_bad_extends_hides_no_other_mistake_and_invents_none(tmp_path: Path, extends: str, says: str) -> None:
    found = mistakes(write(tmp_path, f"concurrency: x\nextends: {extends}\n"))
    assert len(found) == 2
    assert found[0] == '@:1: concurrency: found "x", expected a whole number'
    assert says in found[1]


def test_a_circle(tmp_path: Path) -> None:
    b = write(tmp_path, "extends: mine.yaml\n", "b.yaml")
    (problem,) = mistakes(write(tmp_path, "# first\nextends: b.yaml\n"))
    assert (
        problem
        == f"{b}:1: extends: found a circle (mine -> b -> mine), expected a profile that does not lead back here"
    )
    (own,) = mistakes(write(tmp_path, "extends: self.yaml\n", "self.yaml"))
    assert "circle (self -> self)" in own


def test_a_parent_with_a_tab_is_named_and_its_child_still_checked(tmp_path: Path) -> None:
    parent = write(tmp_path, "turns:\n\tsilence: 1 s\n", "tab.yaml")
    found = mistakes(write(tmp_path, "extends: tab.yaml\nlangage: fr\n"))
    assert f"{parent}:2: found a tab, expected spaces: YAML is indented with spaces only" in found
    assert any(line.startswith("@:2: langage: ") for line in found)
    assert len(found) == 2


@pytest.mark.parametrize(("text", "what"), [("- a\n", "found a list"), ("hello\n", 'found "hello"')])
def test_a_file_that_is_no_map(tmp_path: Path, text: str, what: str) -> None:
    assert mistakes(write(tmp_path, text)) == [f"@:1: {what}, expected a map of keys"]


def test_a_file_that_is_read_must_exist(tmp_path: Path) -> None:
    text = BASE.replace("stt: plain", "stt:\n- ear:\n    files:\n    - here.wav\n    - nope.wav")
    (tmp_path / "here.wav").touch()
    (problem,) = mistakes(write(tmp_path, text))
    gone = tmp_path.resolve() / "nope.wav"
    assert problem == f'@:5: stt.0.ear.files.1: found "nope.wav", but {gone} does not exist'


@pytest.mark.parametrize("code", ["xx", "xx-FR", "qq"])
def test_a_language_that_does_not(tmp_path: Path, code: str) -> None:
    (problem,) = mistakes(write(tmp_path, BASE + f"language: {code}\n"))
    assert problem == f'@:7: language: found "{code}", expected a language of ISO 639-1, such as fr or en'


def test_what_an_unknown_parent_would_have_said_is_not_missing(tmp_path: Path) -> None:
    (problem,) = mistakes(write(tmp_path, "extends: nobody-knows-it.yaml\ncache: {tts: {max_bytes: 1 MB}}\n"))
    assert problem.startswith("@:1: extends: found nobody-knows-it.yaml")
    (problem,) = mistakes(write(tmp_path, BASE + "cache: {tts: {max_bytes: 1 MB}}\n"))
    assert problem == "@:7: cache.tts.ttl: missing, expected a value"


def test_disabling_a_misspelt_plugin_is_a_mistake(tmp_path: Path) -> None:
    (problem,) = mistakes(write(tmp_path, BASE + "plugins: {disable: [the-eer]}\n"))
    assert problem == "@:7: plugins.disable.0: found the-eer, no such plugin (did you mean the-ear?)"


def test_options_that_cannot_be_imported_are_a_mistake_of_one_line(tmp_path: Path) -> None:
    from dataclasses import replace

    plugins = fake_plugins()
    offer: Any = plugins.offers["stt"]["ear"]
    plugins.offers["stt"]["ear"] = replace(offer, options="no_such_module:Options")
    with pytest.raises(
        ProfileError, match=r"mine\.yaml:1: stt: found ear, whose options cannot be imported: ModuleNot"
    ):
        resolve(str(write(tmp_path, BASE.replace("stt: plain", "stt: ear"))), (), plugins)


def test_names_and_paths_that_lead_nowhere(tmp_path: Path) -> None:
    for name, says in (
        ("defualt", "no profile is called 'defualt' (did you mean default?)"),
        ("x/y.yaml", "x/y.yaml: no such"),
    ):
        with pytest.raises(ProfileError, match=r".*") as caught:
            load(name)
        assert caught.value.problems[0].startswith(says)
        assert caught.value.exit_code == 2
