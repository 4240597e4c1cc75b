"""What dictation shows: what is being said on the terminal, what was said on stdout."""

from __future__ import annotations

import json
import sys
from typing import TextIO

from swv6.cli.notices import Notices
from swv6.conversation.dictated import Said
from swv6.errors import DeviceError, MissingExtra
from swv6.telemetry import events

PATIENCE = 10.0
"""Seconds after which a clipboard does not answer."""
_LEAVE = """
import copykitten, sys, time
text = sys.stdin.buffer.read().decode()
copykitten.copy(text, detach=True)
until = time.monotonic() + 1
while time.monotonic() < until:
    try:
        if copykitten.paste() == text:
            break
    except copykitten.CopykittenError:
        pass
    time.sleep(0.01)
"""
"""Leaves a text to a process that serves it when swv6 has ended, as X11 and Wayland ask, and waits until it does.

copykitten forks that process: among the threads of an engine the fork would wait for ever.
"""


class Shown:
    """A listener that keeps one line of stderr for what is being said; it is wiped before anything else is printed."""

    def __init__(self, as_json: bool, copy: bool) -> None:
        self.said = list[str]()
        self._as_json = as_json
        self._clipboard = Clipboard() if copy else None
        self._notices = Notices()
        self._line = _Line(sys.stderr)

    def __call__(self, event: events.Event) -> None:
        """Show one event."""
        match event:
            case events.HeardSoFar(text):
                self._line.show(f"… {text}")
            case events.Keyed(down=True):
                self._line.show("● speak; space ends it")
            case events.Keyed(down=False):
                self._line.show("")
            case events.Asleep(words):
                self.note(f"asleep until you say {' or '.join(words)}")
            case events.Awake(word):
                self.note(f"awake: {word}")
            case events.FellBack() | events.Notice() | events.DeviceLost() | events.DeviceBack():
                self._line.show("")
                self._notices(event)
            case _:
                pass

    def note(self, text: str) -> None:
        """Print a line on stderr."""
        self._line.show("")
        print(f"swv6: {text}", file=sys.stderr, flush=True)

    def say(self, said: Said) -> None:
        """Print a turn on stdout, at once."""
        self._line.show("")
        text = said.transcript.text.strip()
        times = {"start": round(said.start, 3), "end": round(said.end, 3)}
        line = json.dumps({**times, **said.transcript.as_dict()}, ensure_ascii=False) if self._as_json else text
        print(line, flush=True)
        self.said.append(text)
        if self._clipboard is not None:
            self._clipboard.hold("\n".join(self.said))


class _Line:
    """The last line of a terminal, written over and over; nothing where there is no terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = ""

    def show(self, text: str) -> None:
        """Show the end of a text in place of the last one; nothing wipes it."""
        if text == self._shown or not self._out.isatty():
            return
        from shutil import get_terminal_size

        from rich.cells import cell_len, set_cell_size

        width = get_terminal_size().columns - 1
        text = " ".join(text.split())
        while cell_len(text) > width:
            text = "…" + text[2:]
        blank = min(width, max(cell_len(text), cell_len(self._shown)))
        self._out.write(f"\r{set_cell_size(text, blank)}" + ("" if text else "\r"))
        self._out.flush()
        self._shown = text


class Clipboard:
    """The system's clipboard.

    Raises MissingExtra without copykitten, DeviceError where there is no clipboard.
    """

    def __init__(self) -> None:
        try:
            import copykitten
        except ImportError as error:
            raise MissingExtra("--copy needs copykitten", 'pip install "swv6[clipboard]"') from error
        self._copykitten = copykitten
        try:
            copykitten.paste()
        except copykitten.CopykittenError:  # empty, or not there: writing tells
            self.hold("")

    def hold(self, text: str) -> None:
        """Put a text on the clipboard; it stays there when this process has ended."""
        import subprocess

        try:
            if sys.platform == "linux" and text:
                command = [sys.executable, "-c", _LEAVE]
                subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=PATIENCE)
            else:
                self._copykitten.copy(text)
        except (self._copykitten.CopykittenError, subprocess.SubprocessError) as error:
            hint = "leave --copy out: swv6 listen > FILE"
            raise DeviceError(f"no clipboard to copy to: {error}", hint) from error
