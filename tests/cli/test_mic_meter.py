"""The level meter on a terminal, on an old console and in a log."""

from __future__ import annotations

import io
import logging
import sys

import pytest
from rich.console import Console

from swv6.cli.mic_meter import Meter


def terminal(encoding: str = "utf-8") -> Console:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    return Console(file=file, force_terminal=True, width=90, color_system=None, legacy_windows=False)


def drawn(console: Console) -> str:
    assert isinstance(console.file, io.TextIOWrapper)
    written = console.file.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode(console.encoding)


def test_a_terminal_shows_the_level() -> None:
    console = terminal()
    with Meter(console) as meter:
        meter.phase("now speak")
        meter.level(0.1, True)
        meter.live.refresh() if meter.live else None
    assert "━" * 20 + "─" * 10 in drawn(console)
    assert "-20 dB  speech  now speak" in drawn(console)


def test_an_old_console_gets_what_it_can_write() -> None:
    console = terminal("cp1252")
    with Meter(console) as meter:
        meter.level(1.0, False)
        meter.live.refresh() if meter.live else None
    assert "#" * 30 in drawn(console)


def test_a_log_gets_what_to_do_and_no_meter() -> None:
    file = io.StringIO()
    with Meter(Console(file=file, width=80)) as meter:
        meter.phase("be silent")
        for _ in range(100):
            meter.level(0.1, True)
        meter.phase("now read this aloud:", "un deux trois")
    assert [line.strip() for line in file.getvalue().splitlines() if line.strip()] == [
        "be silent", "now read this aloud:", "un deux trois",
    ]  # fmt: skip


def test_the_meter_falls_slowly() -> None:
    meter = Meter(terminal())
    meter.level(1.0, True)
    meter.level(0.0, False)
    assert " -2 dB" in meter._line(False).plain


def test_warnings_are_written_above_the_meter_and_afterwards_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = io.StringIO()
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.setattr(sys, "__stderr__", errors)
    handler = logging.StreamHandler(errors)
    monkeypatch.setattr(logging.getLogger("swv6"), "handlers", [handler])
    console = terminal()
    with Meter(console):
        logging.getLogger("swv6.test").warning("is it muted?")
        assert "is it muted?" in drawn(console)
    assert handler.stream is errors
    assert errors.getvalue() == ""
