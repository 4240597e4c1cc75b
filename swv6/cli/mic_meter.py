"""A level meter: one calm line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from swv6.audio.levels import decibels

WIDTH = 30
FLOOR = -60.0
"""dBFS at the meter's left end: a quiet room."""
_YELLOW, _RED = -12.0, -2.0
"""dBFS: loud, and about to be cut off (0.8)."""
_FALL = 1.5
"""dB a frame that the shown level falls: the eye sees peaks."""


class Meter:
    """Shows how loud it is and what to do; use it as a context."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.live = Live(console=console, transient=True, refresh_per_second=15) if console.is_terminal else None
        self._ascii = not console.encoding.lower().startswith("utf")
        self._diverted = list[logging.StreamHandler[Any]]()
        self._title = ""
        self._shown = FLOOR

    def __enter__(self) -> Meter:
        if self.live:
            self.live.__enter__()
            self._divert()
        return self

    def _divert(self) -> None:
        """Print what backends log above the meter instead of into it."""
        for handler in logging.getLogger("swv6").handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.__stderr__:
                self._diverted.append(handler)
                handler.setStream(sys.stderr)  # which rich has replaced

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.live.__exit__(kind, error, trace)
        for handler in self._diverted:
            handler.setStream(sys.stderr)

    def phase(self, title: str, text: str = "") -> None:
        """Say what to do now, and optionally what to read aloud."""
        self._title = title
        if text or not self.live:
            self.console.print(title, style="bold" if text else "", markup=False)
        if text:
            self.console.print(Padding(Text(text), (1, 4), expand=False))

    def level(self, peak: float, speech: bool) -> None:
        """Show the level of the last frame: `peak` is 0..1."""
        self._shown = max(decibels(peak), self._shown - _FALL)
        if self.live:
            self.live.update(self._line(speech))

    def _line(self, speech: bool) -> Text:
        full = round(WIDTH * min(1.0, max(0.0, 1 - self._shown / FLOOR)))
        colour = "red" if self._shown > _RED else "yellow" if self._shown > _YELLOW else "green"
        on, off = "#." if self._ascii else "━─"
        level = f" {max(self._shown, FLOOR):4.0f} dB  "
        heard = ("speech", "bold") if speech else ("      ", "")
        return Text.assemble((on * full, colour), (off * (WIDTH - full), "dim"), level, heard, f"  {self._title}")
