from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv6.errors import ProfileError
from swv6.profiles import resolve
from swv6.profiles.prompts import prompted
from tests.profiles.fakes import BASE, fake_plugins, mistakes, write

MORNING = datetime(2026, 11, 1, 9, 5, tzinfo=UTC)


def rendered(folder: Path, text: str, now: datetime = MORNING) -> str:
    return prompted(resolve(str(write(folder, BASE + text)), (), fake_plugins()), now).prompt


def test_every_variable_in_the_words_of_the_language(tmp_path: Path) -> None:
    prompt = "assistant: Camille\nprompt: '{name}, {weekday}, {date}, {time}, {language}, {{x}}'\n"
    assert rendered(tmp_path, prompt) == "Camille, dimanche, dimanche 1er novembre 2026, 9 h 05, français, {x}"
    english = rendered(tmp_path, "language: en\n" + prompt)
    assert english == "Camille, Sunday, Sunday November 1, 2026, 09:05, English, {x}"


def test_the_prompt_of_one_day_is_the_same_at_any_time_of_it(tmp_path: Path) -> None:
    written = "prompt: 'Nous sommes {date}.'\n"
    assert rendered(tmp_path, written) == rendered(tmp_path, written, MORNING.replace(hour=23, minute=59))


@pytest.mark.parametrize("wrong", ["{dat}", "{date.year}", "{date!r}", "{date:x}", "{0}", "{}", "{date", "date}"])
def test_anything_else_is_a_mistake_with_its_line(tmp_path: Path, wrong: str) -> None:
    path = write(tmp_path, BASE + f"prompt: 'Il est {wrong}'\n")
    (problem,) = mistakes(path)
    line = path.read_text(encoding="utf-8").splitlines().index(f"prompt: 'Il est {wrong}'") + 1
    assert f"@:{line}: prompt: found" in problem
    assert "{date}" in problem or "{variable}" in problem


@pytest.mark.parametrize(("wrong", "what"), [("{name!r}", "conversion"), ("{date:%Y}", "format"), ("{date", "single")])
def test_it_is_said_what_is_wrong_with_braces(tmp_path: Path, wrong: str, what: str) -> None:
    (problem,) = mistakes(write(tmp_path, BASE + f"prompt: 'Il est {wrong}'\n"))
    assert what in problem


def test_a_misspelt_variable_finds_its_neighbour(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"found \{weekdya\}.*did you mean weekday\?"):
        resolve(str(write(tmp_path, BASE + "prompt: '{weekdya}'\n")), (), fake_plugins())


@given(st.text(st.characters(exclude_characters="{}", exclude_categories=["C", "Z"]), min_size=1))
def test_a_prompt_without_variables_is_left_alone(text: str) -> None:
    profile = resolve("default").model_copy(update={"prompt": text})
    assert prompted(profile, MORNING).prompt == text
