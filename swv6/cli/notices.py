"""What a one-shot command says of events: on stderr, what was passed over; to its caller, which backends answered."""

from __future__ import annotations

import sys

from swv6.telemetry import events


class Notices:
    """A listener for `say` and `transcribe`."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        """Backends that answered, in order, each once."""

    def __call__(self, event: events.Event) -> None:
        """Take in one event."""
        match event:
            case events.StageEnded(outcome="ok"):
                self.used[event.backend] = None
            case events.FellBack():
                print(f"swv6: {event.kind}: {event.backend} passed over: {event.reason}", file=sys.stderr)
            case events.Notice():
                print(f"swv6: {event.text}", file=sys.stderr)
            case _:
                pass
