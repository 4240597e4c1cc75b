"""What a one-shot command says of events: on stderr, what was passed over; to its caller, which backends answered."""

from __future__ import annotations

import sys

from swv6.telemetry import events, log


class Fallbacks:
    """Remembers why each backend was last passed over, so that the same is not said at every request."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], str] = {}

    def is_news(self, event: events.FellBack) -> bool:
        """Say whether this reason is not the one given last."""
        key = event.kind, event.backend
        news = self._last.get(key) != event.reason
        self._last[key] = event.reason
        return news


class Notices:
    """A listener for commands that answer once; what is a line of JSON on stderr already is not printed there again."""

    def __init__(self, logged: bool = True) -> None:
        """`logged` is False for events that come from elsewhere, of which no line is written here."""
        self._logged = logged
        self.used: dict[str, None] = {}
        """Backends that answered, in order, each once."""
        self.fallbacks = Fallbacks()

    def __call__(self, event: events.Event) -> None:
        """Take in one event."""
        match event:
            case events.StageEnded(outcome="ok") | events.CacheUsed(hit=True):
                self.used[event.backend] = None
            case events.FellBack() if self.fallbacks.is_news(event):
                self._print(f"{event.kind}: {event.backend} passed over: {event.reason}")
            case events.DeviceLost():
                self._print(f"{event.kind} lost: {event.reason}; waiting for it")
            case events.DeviceBack():
                self._print(f"{event.kind} is back: {event.name}")
            case events.Notice():
                self._print(event.text)
            case _:
                pass

    def _print(self, text: str) -> None:
        if not (self._logged and log.tells_events()):
            print(f"swv6: {text}", file=sys.stderr)
