"""Events -> log lines that carry their session and turn; what was said stays out unless it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from re import sub
from time import time
from typing import Any

from swv6.telemetry import events
from swv6.telemetry.behind import behind
from swv6.telemetry.log import EVENTS
from swv6.telemetry.log_said import Said
from swv6.telemetry.stamps import Stamped, Stamper

DEBUG, INFO, WARNING = logging.DEBUG, logging.INFO, logging.WARNING
OFTEN = (
    *(events.TurnBegan, events.HeardSoFar, events.StateChanged, events.ReplyText),
    *(events.StageBegan, events.StageFirst, events.CacheUsed),
)
"""What is logged at the level of debugging; the rest is information, or a warning."""
NEVER = (events.Level,)
"""Ten times a second."""
KINDS = tuple(kind for kind in events.Event.__args__ if kind not in NEVER)
"""What is logged, if somebody reads its level."""
SPOKEN = ("text", "heard", "typed")
"""Fields that hold somebody's words; those of a notice are ours."""
OURS = ("reason", "text")
"""Fields that hold a sentence of ours, or a backend's, which may repeat what it was asked."""


class EventLog:
    """A listener that logs."""

    def __init__(self, said: Said | None, write: Callable[[tuple[Stamped, float]], None]) -> None:
        """`said` collects what must be left out, None when the texts are wanted; `write` gets what may be a line.

        Each goes with the time of the day, in seconds.
        """
        self._said = said
        self._write = write
        self._spoken = {kind: words for kind in KINDS if said is not None and (words := _words(kind))}

    def __call__(self, stamped: Stamped) -> None:
        """Log one event; what was said in it is known before anybody else can log it."""
        kind = type(stamped.event)
        if self._said is not None and kind in self._spoken:
            for name in self._spoken[kind]:
                self._said.add(getattr(stamped.event, name))
        if kind not in NEVER:
            self._write((stamped, time()))


class _Lines:
    """Writes the lines of events."""

    def __init__(self, said: Said | None) -> None:
        self._said = said
        self._log = logging.getLogger(EVENTS)
        self._kinds = {kind: _Kind(kind) for kind in KINDS}

    def __call__(self, line: tuple[Stamped, float]) -> None:
        stamped, now = line
        event = stamped.event
        kind = self._kinds[type(event)]
        level = kind.level(event)
        if not self._log.isEnabledFor(level):
            return
        fields = {"at": round(stamped.at, 4), **kind.values(event, self._said)}
        more = {"session": stamped.session, "turn": stamped.turn, "fields": fields}
        self._log.handle(kind.record(level, now, more))


def _words(kind: type) -> tuple[str, ...]:
    """Name the fields of a kind of event that hold somebody's words."""
    return tuple(field.name for field in fields(kind) if field.name in SPOKEN and kind is not events.Notice)


class _Kind:
    """How one kind of event is logged."""

    def __init__(self, kind: type) -> None:
        names = [field.name for field in fields(kind) if field.name != "turn"]
        self.name = sub(r"(?<!^)([A-Z])", r"_\1", kind.__name__).lower()
        blank = logging.LogRecord(EVENTS, INFO, "", 0, self.name, None, None)
        self._blank, self._made = dict(blank.__dict__), blank.created
        self._names = [("clock", "at") if name == "at" else (name, name) for name in names]
        self._own = [name for name in names if name in OURS] if kind in (events.Notice, events.FellBack) else []
        self._spoken = _words(kind)
        usual = DEBUG if kind in OFTEN else INFO
        self.level: Callable[[Any], int] = _LEVELS.get(kind, lambda event: usual)

    def record(self, level: int, created: float, more: dict[str, Any]) -> logging.LogRecord:
        """Give a line of this kind, for half of what the library takes to find out file, thread and process."""
        record = logging.LogRecord.__new__(logging.LogRecord)
        name, since = logging.getLevelName(level), self._blank["relativeCreated"] + (created - self._made) * 1e3
        record.__dict__.update(self._blank, levelno=level, levelname=name, created=created, **more)
        record.msecs, record.relativeCreated = created % 1 * 1e3, since
        return record

    def values(self, event: Any, said: Said | None) -> dict[str, Any]:
        """Give the fields of an event; of a text only its length, unless it is wanted."""
        found = {shown: getattr(event, name) for shown, name in self._names}
        for name, value in found.items():
            if isinstance(value, float):
                found[name] = round(value, 4)
            elif said is not None and name in self._spoken:
                found[name] = f"({len(value)} characters)" if value else ""
            elif said is not None and name in self._own:
                found[name] = said.left_out(value)
        return found


def _unless(fine: Callable[[Any], bool]) -> Callable[[Any], int]:
    return lambda event: INFO if fine(event) else WARNING


_outcome = attrgetter("outcome")
_LEVELS: dict[type, Callable[[Any], int]] = {
    events.FellBack: _unless(lambda event: event.skipped),
    events.BreakerChanged: _unless(lambda event: event.state != "open"),
    events.StageEnded: _unless(lambda event: _outcome(event) != "failed"),
    events.ReplyEnded: _unless(lambda event: _outcome(event) != "failed"),
    events.ToolCalled: _unless(lambda event: _outcome(event) == "ok"),
    events.DeviceLost: _unless(lambda event: False),
}


class _Whose(logging.Filter):
    """Marks every record of a conversation's time with its session and turn."""

    def __init__(self, stamp: Stamper, said: Said | None) -> None:
        super().__init__()
        self._stamp, self._said = stamp, said

    def filter(self, record: logging.LogRecord) -> bool:
        """Mark one, whoever logs it; nothing is held back."""
        if not hasattr(record, "session"):
            record.session, record.turn = self._stamp.session, self._stamp.now
            if self._said is not None:
                record.said = self._said
        return True


@contextmanager
def logged(stamp: Stamper, text: bool, prompt: str) -> Iterator[EventLog | None]:
    """Mark log lines with the conversation they belong to; give the listener, or None where no handler takes events."""
    said = None if text else Said(prompt)
    root, whose = logging.getLogger("swv6"), _Whose(stamp, said)
    for handler in (handlers := list(root.handlers)):
        handler.addFilter(whose)
    try:
        if _wanted(handlers):
            with behind(_Lines(said)) as write:
                yield EventLog(said, write)
        else:
            yield None
    finally:
        for handler in handlers:
            handler.removeFilter(whose)


def _wanted(handlers: list[logging.Handler]) -> bool:
    """See whether anybody takes a line of an event."""
    record = logging.LogRecord(EVENTS, logging.CRITICAL, "", 0, "", None, None)
    return any(handler.filter(record) for handler in handlers)
