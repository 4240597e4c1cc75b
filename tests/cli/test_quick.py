"""What was said before is said again without reading a profile or loading a library, as long as nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.cli import quick

PROGRAM = """
import sys
from swv6.cli import main
sys.argv = ["swv6", "say", *sys.argv[1:]]
try:
    main()
finally:
    heavy = {"numpy", "pydantic", "typer", "yaml", "anyio"} & set(sys.modules)
    print("the long way" if heavy else "at once")
"""


def say(folder: Path, *arguments: str) -> str:
    """Say something, and tell which way was taken."""
    env = {**os.environ, "SWV6_CACHE": str(folder / "kept")}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True).stdout.strip()


def test_what_was_said_is_said_at_once_until_the_profile_changes(tmp_path: Path) -> None:
    profile = tmp_path / "mine.yaml"
    profile.write_text("extends: default\ntts: [espeak]\n", encoding="utf-8")
    line = ("Bonjour, voilà 3 chats. Au revoir.", "-p", "./mine.yaml", "-o")
    assert say(tmp_path, *line, "first.wav") == "the long way"
    assert say(tmp_path, *line, "second.wav") == "at once"
    assert (tmp_path / "first.wav").read_bytes() == (tmp_path / "second.wav").read_bytes()
    assert say(tmp_path, "Bonsoir.", *line[1:], "third.wav") == "the long way"
    profile.write_text("extends: default\ntts: [espeak: {words_per_minute: 300}]\n", encoding="utf-8")
    assert say(tmp_path, *line, "fourth.wav") == "the long way"
    assert (tmp_path / "fourth.wav").stat().st_size < (tmp_path / "first.wav").stat().st_size
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["Bonjour"],
        ["Bonjour", "-o", "x.mp3"],
        ["Bonjour", "-o", "x.wav", "--volume", "2"],
        ["-o", "x.wav"],
        ["a", "b", "-o", "x.wav"],
        ["-", "-o", "x.wav"],
    ],
)
def test_everything_else_takes_the_long_way(arguments: list[str]) -> None:
    assert quick.asked(arguments) is None


def test_the_choices_of_a_line_are_told_apart_from_its_text() -> None:
    order = quick.asked(["-p", "en", "Hello", "--output=x.wav", "--set", "a=b", "--speed=2", "-y"])
    assert order == quick.Asked("Hello", Path("x.wav"), (("profile", "en"), ("set", "a=b"), ("--speed", "2")))
