"""`swv6 say -o` says which places it cannot write to."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.test_bad_input import refused, swv6


def test_stdout_is_no_sound_file(tmp_path: Path) -> None:
    done = swv6("say", "Bonjour", "-o", "-", cwd=tmp_path)
    refused(done, 2, "stdout", "-o out.wav")
    assert "-.wav" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a folder in which no file can be made")
def test_a_folder_that_takes_no_file_is_not_said_to_be_missing() -> None:
    done = swv6("say", "Bonjour", "-o", "/proc/x.wav", "--set", "tts=[silent]", "--yes")
    refused(done, 1, "/proc/x.wav", "->")
    assert "does not exist" not in done.stderr
