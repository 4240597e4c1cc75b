"""Standard streams that are closed, full or not UTF-8, and readers that leave."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from .test_app import python, run

COMMANDS = (
    ("--help",),
    ("--version",),
    ("plugins",),
    ("models", "list"),
    ("profiles", "list"),
    ("profiles", "show", "en"),
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="no /dev/full and no closed descriptors on Windows")


def shell(line: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `swv6` through the shell, which closes and redirects its streams."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHON": sys.executable}
    return subprocess.run(
        ["sh", "-c", f'"$PYTHON" -m swv6 {line}'],
        capture_output=True,
        encoding="utf-8",
        env=env,
        check=False,
        **options,
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_reader_that_left_is_no_failure_of_any_command(arguments: tuple[str, ...], unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(
        [sys.executable, "-m", "swv6", *arguments], stdout=writing, stderr=subprocess.PIPE, env=env, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@posix
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_full_output_is_said_in_one_message(arguments: tuple[str, ...]) -> None:
    done = shell(f"{' '.join(arguments)} >/dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith("swv6: standard output is full or closed: ")
    assert "\n  -> " in done.stderr
    assert len(done.stderr.splitlines()) == 2


@posix
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_closed_output_is_nobody_listening(arguments: tuple[str, ...]) -> None:
    done = shell(f"{' '.join(arguments)} >&-")
    assert (done.returncode, done.stderr) == (0, "")


@posix
def test_a_closed_input_is_an_empty_one() -> None:
    done = shell("say - -o x.wav <&-")
    assert done.returncode == 2
    assert "the text is empty" in done.stderr


@posix
@pytest.mark.parametrize("where", [">&-", "2>&-", "2>/dev/full", ">/dev/full 2>/dev/full"])
def test_an_error_keeps_its_exit_code_wherever_its_message_goes(where: str) -> None:
    assert shell(f"nonsense {where}").returncode == 2
    assert shell(f"profiles show nope {where}").returncode == 2


def test_a_broken_pipe_of_a_command_itself_is_an_error() -> None:
    code = """
from swv6.cli import app
def broken(*a, **k): raise BrokenPipeError(32, "Broken pipe")
app.app = broken
app.run([])
"""
    result = python(code)
    assert result.returncode == 1
    assert "unexpected error: BrokenPipeError" in result.stderr


def test_input_that_is_not_utf8_holds_no_surrogates() -> None:
    code = """
import sys
from swv6.cli import app
app.app = lambda *a, **k: print(ascii(sys.stdin.read()))
app.run([])
"""
    for handler in ("strict", "surrogateescape"):
        env = {**os.environ, "PYTHONIOENCODING": f"utf-8:{handler}"}
        done = subprocess.run(
            [sys.executable, "-c", code], input=b"caf\xe9!", capture_output=True, env=env, check=False
        )
        assert done.stdout.strip() == b"'caf\\ufffd!'", done.stderr


def test_a_plugin_that_cannot_be_disabled_is_named() -> None:
    result = run("profiles", "list", SWV6_DISABLE_PLUGINS="kokro, silero,")
    assert result.returncode == 0
    assert result.stderr == "swv6: SWV6_DISABLE_PLUGINS: no plugin is called kokro; did you mean kokoro?\n"
