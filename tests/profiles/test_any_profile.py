"""Whatever is written, a profile resolves or says where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swv6.errors import ProfileError
from swv6.profiles import Profile
from swv6.profiles.schema import CHAINS, REQUIRED, Settings
from tests.profiles.fakes import BASE, load, mistakes, write

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
