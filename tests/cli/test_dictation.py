"""Tests of swv6.cli._dictation: the clipboard, and the line that is written over."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from swv6.cli._dictation import Clipboard, _Line
from swv6.errors import DeviceError, MissingExtra


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


FILED = """
import os, pathlib, threading
CopykittenError = OSError
file = pathlib.Path(os.environ["CLIPBOARD"])

def copy(text, detach=False):
    assert detach and threading.active_count() == 1
    file.write_bytes(text.encode())

def paste():
    return file.read_bytes().decode()
"""
"""A copykitten whose clipboard is a file."""


class Failure(Exception):
    """What the library raises."""


def clipboard(held: list[str], works: bool = True) -> SimpleNamespace:
    """Stand in for copykitten where there may be no display."""

    def copy(text: str, detach: bool = False) -> None:
        if not works:
            raise Failure("no display")
        held.append(text)

    def paste() -> str:
        if not held:
            raise Failure("empty")
        return held[-1]

    return SimpleNamespace(copy=copy, paste=paste, CopykittenError=Failure)


def test_a_text_that_is_there_stays_until_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    held = ["before"]
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "copykitten", clipboard(held))
    kept = Clipboard()
    assert held == ["before"]
    kept.hold("Bonjour.")
    assert held[-1] == "Bonjour."


def test_on_linux_a_process_without_threads_is_forked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "copykitten.py").write_text(FILED)
    for name, value in {"PYTHONPATH": str(tmp_path), "CLIPBOARD": str(tmp_path / "held")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "copykitten", clipboard(["before"]))
    kept = Clipboard()
    kept.hold("Ça va\u202f?\nOui.")
    assert (tmp_path / "held").read_bytes().decode() == "Ça va\u202f?\nOui."
    (tmp_path / "copykitten.py").write_text("raise RuntimeError('no display')")
    with pytest.raises(DeviceError, match="no clipboard"):
        kept.hold("Non.")


def test_no_clipboard_is_a_missing_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "copykitten", clipboard([], works=False))
    with pytest.raises(DeviceError, match="no display"):
        Clipboard()


def test_no_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "copykitten", None)
    with pytest.raises(MissingExtra) as error:
        Clipboard()
    assert "swv6[clipboard]" in error.value.hint


def test_a_longer_line_shows_its_end_and_nothing_is_left_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    out = Terminal()
    line = _Line(out)
    line.show("… un deux trois quatre cinq")
    line.show("… six")
    line.show("")
    first, second, third = out.getvalue().split("\r")[1:4]
    assert len(first) == 19
    assert first.endswith("quatre cinq")
    assert second == "… six" + " " * 14
    assert third.strip() == ""


def test_a_file_is_not_written_over() -> None:
    out = io.StringIO()
    _Line(out).show("… Bonjour")
    assert out.getvalue() == ""
