"""Resolving: what is inherited, what is found where, and every mistake with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swv6.errors import MissingExtra, ProfileError
from swv6.plugins import ProfileOffer
from swv6.plugins.manager import Plugin
from swv6.profiles import Profile, resolve
from swv6.profiles.schema import CHAINS, REQUIRED, Settings, Turns
from tests.profiles.fakes import BASE, EarOptions, fake_plugins, mistakes, write


def load(path: Path | str) -> Profile:
    return resolve(str(path), (), fake_plugins())


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


@pytest.mark.parametrize("code", ["fr", "fr-CA", "no", "jw", "gsw", "yue-Hant"])
def test_a_language_that_exists(tmp_path: Path, code: str) -> None:
    assert load(write(tmp_path, BASE + f"language: {code}\n")).language == code


@pytest.mark.parametrize("code", ["xx", "xx-FR", "qq"])
def test_a_language_that_does_not(tmp_path: Path, code: str) -> None:
    (problem,) = mistakes(write(tmp_path, BASE + f"language: {code}\n"))
    assert problem == f'@:7: language: found "{code}", expected a language of ISO 639-1, such as fr or en'


def test_what_an_unknown_parent_would_have_said_is_not_missing(tmp_path: Path) -> None:
    (problem,) = mistakes(write(tmp_path, "extends: nobody-knows-it.yaml\ncache: {tts: {max_bytes: 1 MB}}\n"))
    assert problem.startswith("@:1: extends: found nobody-knows-it.yaml")
    (problem,) = mistakes(write(tmp_path, BASE + "cache: {tts: {max_bytes: 1 MB}}\n"))
    assert problem == "@:7: cache.tts.ttl: missing, expected a value"


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


KEYS = sorted(set(Settings.model_fields) | set(CHAINS))


@given(st.sampled_from(KEYS), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_key_with_one_letter_wrong_is_found_again(tmp_path: Path, key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key) - 1))
    wrong = key[:at] + ("y" if key[at] == "x" else "x") + key[at + 1 :]
    lines = data.draw(st.integers(0, 3))
    found = mistakes(write(tmp_path, BASE + "# line\n" * lines + f"{wrong}: null\n"))
    mine = [line for line in found if line.startswith(f"@:{7 + lines}: {wrong}: unknown key, expected one of ")]
    assert mine
    if len(key) > 3:
        near = [other for other in KEYS if other.removesuffix("s") == key.removesuffix("s")]  # language, languages
        assert any(mine[0].endswith(f"(did you mean {other}?)") for other in near)


WILD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(codec="utf-8"), max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["ear", "plain", "tts", "env", "model", "silence", "files", "zz"]), inner, max_size=3
        ),
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*Settings.model_fields, *CHAINS, "extends", "zz"]), WILD, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_whatever_a_profile_holds_it_resolves_or_says_where_it_is_wrong(tmp_path: Path, values: dict[str, Any]) -> None:
    path = write(tmp_path, yaml.safe_dump(values, allow_unicode=True))
    lines = path.read_text(encoding="utf-8").count("\n") + 1
    outcome = attempt(path)
    if isinstance(outcome, Profile):
        assert all(getattr(outcome, key) for key in REQUIRED)
    else:
        assert outcome
        assert all(1 <= int(problem.removeprefix(f"{path}:").split(":")[0]) <= lines for problem in outcome)


def attempt(path: Path) -> Profile | tuple[str, ...]:
    try:
        return load(path)
    except ProfileError as error:
        return error.problems
