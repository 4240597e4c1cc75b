"""The command line as a user meets it: help, completion, errors and exit codes, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import typer

from swv6.cli.app import explain
from swv6.cli.lazy import BUILTIN
from swv6.errors import DeviceError, HardwareError, ModelError, ProfileError, Swv6Error, UsageError


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `swv6` in a process of its own."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "swv6", *arguments], capture_output=True, encoding="utf-8", env=env, check=False
    )


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)


def test_help_lists_every_command_and_the_exit_codes() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert all(f"  {c.name} " in result.stdout and c.summary in result.stdout for c in BUILTIN)
    assert "130 interrupted" in " ".join(result.stdout.split())
    assert run("-h").stdout == result.stdout


@pytest.mark.parametrize("command", [c.name for c in BUILTIN])
def test_each_command_has_its_help(command: str) -> None:
    result = run(command, "--help")
    assert result.returncode == 0, result.stderr
    assert f"swv6 {command}" in result.stdout
    assert run(command, "-h").stdout == result.stdout


def test_the_version_is_the_packages() -> None:
    from importlib.metadata import version

    assert run("--version").stdout.strip() == version("swv6")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tlak",), "No such command 'tlak'. Did you mean 'talk'?"),
        (("xyzzy",), "No such command 'xyzzy'."),
        (("--nope",), "No such option"),
        (("plugins", "show"), "Missing argument"),
        (("plugins", "show", "prsm"), "did you mean 'prism'?"),
    ],
)
def test_usage_errors_exit_with_2_and_no_traceback(arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Swv6Error("it failed", "do this"), 1), (UsageError("wrong"), 2), (ProfileError(["a", "b"]), 2),
        (HardwareError("no GPU"), 3), (ModelError("no weights"), 4), (DeviceError("no card"), 5),
        (KeyboardInterrupt(), 130), (typer.Abort(), 130), (typer.Exit(7), 7), (typer.BadParameter("wrong"), 2),
        (BaseExceptionGroup("", [ValueError(), BaseExceptionGroup("", [DeviceError("no card")])]), 5),
        (BaseExceptionGroup("", [DeviceError("no card"), KeyboardInterrupt()]), 130), (ValueError("bug"), 1),
    ],
)  # fmt: skip
def test_exit_codes(error: BaseException, code: int) -> None:
    assert explain(error) == code


def test_an_error_says_what_helps_on_its_own_line(capsys: pytest.CaptureFixture[str]) -> None:
    explain(ModelError("weights are missing", "swv6 models pull whisper-base"))
    assert capsys.readouterr().err == "swv6: weights are missing\n  -> swv6 models pull whisper-base\n"


def test_an_error_repeats_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    explain(ModelError("http://bob:hunter2@host/v1?key=q1w2e3 refused sk-abcdefgh12345"))
    assert capsys.readouterr().err == "swv6: http://host/v1?(redacted) refused (redacted)\n"


BUG = """
import sys, types, typer
module = types.ModuleType("buggy")
module.app = typer.Typer()
@module.app.command()
def bug(): raise ERROR
sys.modules["buggy"] = module
from swv6.cli import lazy
from swv6.plugins import Command
lazy.BUILTIN = (Command("bug", "", "buggy:app"),)
from swv6.cli.app import run
run(ARGUMENTS)
"""


def bug(arguments: str, error: str = "RuntimeError('first line\\nsecond')", **environment: str) -> Any:
    """Run a command that raises `error`."""
    return python(BUG.replace("ERROR", error).replace("ARGUMENTS", arguments), **environment)


def test_an_unexpected_error_is_one_line_and_asks_for_a_report() -> None:
    result = bug("['bug']")
    assert result.returncode == 1
    assert result.stderr.startswith("swv6: unexpected error: RuntimeError: first line\n")
    assert "-vv" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("debug", ["-vv", "SWV6_DEBUG"])
def test_the_traceback_is_there_for_those_who_ask(debug: str) -> None:
    arguments = "['-vv', 'bug']" if debug == "-vv" else "['bug']"
    result = bug(arguments, **({} if debug == "-vv" else {debug: "1"}))
    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert "RuntimeError: first line" in result.stderr


def test_ctrl_c_in_a_command_exits_with_130() -> None:
    result = bug("['bug']", error="KeyboardInterrupt")
    assert result.returncode == 130
    assert "Traceback" not in result.stderr


def test_a_plugins_command_that_cannot_be_imported_is_named() -> None:
    code = """
from swv6.cli import lazy
from swv6.plugins import Command
lazy.Lazy._offered = lambda self: {"odd": Command("odd", "Odd.", "no_such_module:app")}
from swv6.cli.app import run
run(["odd"])
"""
    result = python(code)
    assert result.returncode == 1
    assert result.stderr.startswith("swv6: the command 'odd' of a plugin cannot be loaded: ModuleNotFoundError")


def test_a_cp1252_console_prints_french_and_escapes_what_it_lacks() -> None:
    code = """
import sys
from swv6.cli import app
app.app = lambda *a, **k: print("déjà vu \\u2019 \\u0153uvre \\u4f60 \\U0001f600")
app.run([])
"""
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.decode("cp1252").strip() == "déjà vu ’ œuvre \\u4f60 \\U0001f600"


def test_the_plugin_table_survives_a_cp1252_console() -> None:
    env = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    result = subprocess.run([sys.executable, "-m", "swv6", "plugins"], capture_output=True, env=env, check=False)
    assert result.returncode == 0
    assert "KIND" in result.stdout.decode("cp1252")


def test_a_reader_that_leaves_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "swv6", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
