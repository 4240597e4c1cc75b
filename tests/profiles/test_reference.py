"""docs/profiles.md: the table is the schema's, and the examples are right."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from swv6.profiles import resolve
from swv6.profiles.reference import BEGIN, END, PAGE, table, updated
from swv6.profiles.search import shipped_folder
from tests.profiles.fakes import write


def test_the_table_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert END in page
    assert updated(page) == page, "run: python -m swv6.profiles.reference"


def test_the_table_has_units_defaults_and_nested_keys() -> None:
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table().splitlines()]
    by_key = {row[0]: row[1:] for row in rows}
    assert by_key["`turns.silence`"][:2] == ["a time", "`0.6 s`"]
    assert by_key["`cache.tts.max_bytes`"][:2] == ["a size", "must be set"]
    assert by_key["`plugins.disable`"][0] == "a list of texts"
    assert by_key["`tts`"][:2] == ["backends", "at least one"]
    assert all(row[-1] for row in rows)


def test_the_example_resolves(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    example = re.search(r"^    # mine\.yaml\n((?:    .*\n)+)", page, re.MULTILINE)
    assert example is not None
    profile = resolve(str(write(tmp_path, dedent(example[1]))))
    assert ([c.backend for c in profile.llm], profile.turns.silence) == (["openai", "xllamacpp"], 0.8)


def test_every_shipped_profile_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{path.stem}`" in page for path in shipped_folder().glob("*.yaml"))


def test_the_own_folder_is_the_one_documented() -> None:
    from platformdirs.macos import MacOS
    from platformdirs.unix import Unix

    page = PAGE.read_text(encoding="utf-8")
    assert "~/.config/swv6/profiles" in page
    assert Unix("swv6", appauthor=False).user_config_dir.endswith("swv6")
    assert "~/Library/Application Support/swv6/profiles" in page
    assert MacOS("swv6", appauthor=False).user_config_dir.endswith("Library/Application Support/swv6")
