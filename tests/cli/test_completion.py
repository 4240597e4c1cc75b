"""Completion of commands and options, as the installed script asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from swv6.cli.lazy import BUILTIN

from .test_app import run


def complete(words: str) -> list[str]:
    """Ask for bash completions as the installed script does."""
    count = str(len(words.split(" ")) - 1)
    result = run(_SWV6_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count)
    assert result.stderr == ""
    return result.stdout.split()


def test_commands_complete() -> None:
    assert complete("swv6 t") == ["talk", "transcribe"]
    assert set(complete("swv6 ")) >= {c.name for c in BUILTIN}


def test_options_of_a_command_complete() -> None:
    assert "--json" in complete("swv6 plugins --")
    assert complete("swv6 plugins s") == ["show"]


def test_profiles_and_plugins_complete() -> None:
    assert complete("swv6 profiles show off") == ["offline-test"]
    assert complete("swv6 say bonjour -p d") == ["default", "demo"]
    assert set(complete("swv6 plugins show s")) >= {"silero", "sounddevice", "silent"}
    assert complete("swv6 models pull ff_") == ["ff_siwis"]


@pytest.mark.skipif(sys.platform == "win32", reason="bash is not Windows' shell")
def test_completion_installs_for_bash(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m swv6 --install-completion; exit $?'
    env = {**os.environ, "HOME": str(tmp_path)}
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", env=env, check=False)
    assert result.returncode == 0, result.stderr
    script = tmp_path / ".bash_completions" / "swv6.sh"
    assert "_SWV6_COMPLETE=complete_bash" in script.read_text(encoding="utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text(encoding="utf-8")
