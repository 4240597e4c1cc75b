"""A conversation on a terminal: what was said scrolls by, a few calm lines below it say what happens now."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from swv6.cli import live_lines
from swv6.cli.interrupting import at_any_exit
from swv6.cli.live_noise import collected
from swv6.cli.live_state import Now
from swv6.cli.notices import Fallbacks
from swv6.telemetry import events

if TYPE_CHECKING:
    from swv6.conversation.session import Session
    from swv6.profiles import Profile


def possible() -> bool:
    """Tell whether stdout is a terminal whose cursor can be moved."""
    return sys.stdout.isatty() and not Console().is_dumb_terminal


@contextmanager
def _logged_above() -> Iterator[None]:
    """Print what backends log above the live lines: through the stderr that rich has replaced."""
    before = sys.__stderr__
    handlers = [h for h in logging.getLogger("swv6").handlers if isinstance(h, logging.StreamHandler)]
    diverted = [h for h in handlers if h.stream is before]
    for handler in diverted:
        handler.setStream(sys.stderr)
    try:
        yield
    finally:
        for handler in diverted:
            handler.setStream(before)


class LiveView:
    """A listener that draws; it is called with events, in order, from one task at a time."""

    def __init__(self, profile: Profile, keys: bool, console: Console | None = None) -> None:
        self.now = Now(profile, keys)
        self.console = console or Console(highlight=False)
        self.fallbacks = Fallbacks()
        self._stderr = sys.stderr.isatty()
        """Whether what is written there would be seen among the lines."""
        self._live = Live(console=self.console, auto_refresh=False, transient=True, redirect_stderr=self._stderr)
        self._drawn = ""
        self._tell: Callable[[], None] = lambda: None
        self._open = ExitStack()

    def __enter__(self) -> LiveView:
        with ExitStack() as stack:
            if self._stderr:
                self._tell = stack.enter_context(collected())
            stack.enter_context(at_any_exit(self._show_cursor))
            stack.enter_context(self._live)
            stack.enter_context(_logged_above())
            self._draw()
            self._open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def __call__(self, event: events.Event) -> None:
        """Show one event."""
        self.now.take(event)
        match event:
            case events.FellBack() if self.fallbacks.is_news(event):
                self._note(f"{event.kind}: {event.backend} passed over: {event.reason}")
            case events.Notice(text):
                self._note(text)
            case events.DeviceLost():
                self._note(f"{event.kind} lost: {event.reason}; waiting for it")
            case events.DeviceBack():
                self._note(f"{event.kind} is back: {event.name}")
            case events.TurnHeard() if event.text.strip():
                self.asked(event.text)
            case events.ReplyEnded():
                self._answered(event)
            case _:
                pass
        self._draw()

    def ready(self, session: Session) -> None:
        """Say what is open."""
        profile = self.now.profile
        how = ""
        live = session.microphone is not None and session.microphone.live
        if live and not session.profile.turns.barge_in and profile.turns.mode == "auto":
            how = '; to interrupt by speaking: --headphones, or pip install "swv6[aec]"'
        self.now.state = "listening"
        self._note(f"profile {profile.name} ({profile.language}){how}")
        self._draw()

    def typing(self, line: str | None) -> None:
        """Show the line that is being typed; None when it is done."""
        self.now.line = line
        self._draw()

    def asked(self, text: str) -> None:
        """Show what the user said."""
        self.now.partial = ""
        self._print(live_lines.you(text, self.console))

    def _answered(self, reply: events.ReplyEnded) -> None:
        if reply.heard:
            cut = " …" if reply.outcome == "interrupted" else ""
            self._print(live_lines.swv6(reply.heard + cut, self.console))
        if reply.outcome in ("interrupted", "failed"):
            self._note(reply.outcome)

    def _note(self, text: str) -> None:
        self._print(live_lines.note(text, self.console))

    def _print(self, lines: list[Text]) -> None:
        """Print above the live lines, for good."""
        self._live.update(Group(*live_lines.bottom(self.now, self.console)))
        self.console.print(*lines, sep="\n")

    def _show_cursor(self) -> None:
        self.console.show_cursor(True)

    def _draw(self) -> None:
        self._tell()
        lines = live_lines.bottom(self.now, self.console)
        drawn = repr([(line.plain, line.spans) for line in lines])
        if drawn != self._drawn:
            self._drawn = drawn
            self._live.update(Group(*lines), refresh=True)
