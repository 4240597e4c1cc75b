"""What a one-shot command says of events: on stderr, what was passed over; to its caller, which backends answered."""

from __future__ import annotations

import sys

from swv6.telemetry import events


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
    """A listener for `say` and `transcribe`."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        """Backends that answered, in order, each once."""
        self.fallbacks = Fallbacks()

    def __call__(self, event: events.Event) -> None:
        """Take in one event."""
        match event:
            case events.StageEnded(outcome="ok") | events.CacheUsed(hit=True):
                self.used[event.backend] = None
            case events.FellBack() if self.fallbacks.is_news(event):
                print(f"swv6: {event.kind}: {event.backend} passed over: {event.reason}", file=sys.stderr)
            case events.DeviceLost():
                print(f"swv6: {event.kind} lost: {event.reason}; waiting for it", file=sys.stderr)
            case events.DeviceBack():
                print(f"swv6: {event.kind} is back: {event.name}", file=sys.stderr)
            case events.Notice():
                print(f"swv6: {event.text}", file=sys.stderr)
            case _:
                pass
