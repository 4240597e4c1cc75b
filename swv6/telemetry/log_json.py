"""Log records -> lines of JSON, by structlog: without secrets, and without what was said unless that is asked for."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TextIO

import structlog

from swv6.telemetry.log import EVENTS, PRINTED
from swv6.telemetry.secrets import HIDDEN, SECRET, own_secrets, without_secrets

LONGEST = 4000
"""Characters of one value: no line may be larger than a log file."""
SHORT = 40
"""Characters up to which a value is remembered without its secrets: names of backends and outcomes return for ever."""
DOT = "· "
"""What a terminal shows before a line that nobody said."""
PLAIN = frozenset((float, int, bool, type(None)))
_json = json.JSONEncoder(ensure_ascii=False, default=str).encode  # `json.dumps` would make one for every line
_without = lru_cache(512)(without_secrets)
_is_secret = lru_cache(512)(lambda name: bool(SECRET.search(name)))
Fields = MutableMapping[str, Any]


def with_ids(logger: Any, method: str, fields: Fields) -> Fields:
    """Add when it was, which logger spoke, whose turn it was, and what an event says."""
    record = fields["_record"]
    fields["timestamp"] = (
        datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    )
    fields["logger"] = record.name
    if hasattr(record, "session"):
        fields["session"], fields["turn"] = record.session, record.turn
    fields.update(getattr(record, "fields", ()))
    if (said := getattr(record, "said", None)) is not None:
        if record.name != EVENTS:  # the name of an event is nobody's
            fields["event"] = said.left_out(fields["event"])
        if record.exc_info:
            trace = structlog.processors.format_exc_info(logger, method, {"exc_info": fields.pop("exc_info")})
            fields["exception"] = said.left_out(trace["exception"])
    return fields


def redact(logger: Any, method: str, fields: Fields) -> Fields:
    """Take secrets out of every value, whatever it is nested in."""
    for name, value in fields.items():
        if type(value) not in PLAIN:
            fields[name] = _redacted(value, name)
    return fields


def _redacted(value: Any, name: str) -> Any:
    if isinstance(value, str):
        if value and _is_secret(name):
            return HIDDEN
        if len(value) <= SHORT:
            return _without(value, own_secrets())
        return without_secrets(value[:LONGEST], own_secrets())
    if isinstance(value, dict):
        return {str(key): _redacted(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted(inner, name) for inner in value]
    return value


class Line(logging.Formatter):
    """Runs a record through structlog's processors; its own formatter would copy the record first, for a third more."""

    _chain = (
        structlog.stdlib.add_log_level,
        with_ids,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        structlog.processors.JSONRenderer(lambda fields, default: _json(fields)),
    )

    def format(self, record: logging.LogRecord) -> str:
        """Write one line of JSON."""
        line: Any = {"event": record.getMessage(), "_record": record, "_from_structlog": False}
        if record.exc_info:
            line["exc_info"] = record.exc_info
        if record.stack_info:
            line["stack_info"] = record.stack_info
        for process in self._chain:
            line = process(None, record.levelname.lower(), line)
        return str(line)


class Lines(io.TextIOBase):
    """A standard error on which every line that is printed becomes one of JSON."""

    def __init__(self, to: TextIO, handler: logging.Handler) -> None:
        self._to, self._handler, self._begun = to, handler, ""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Give what is written in."""
        return self._to.encoding

    def fileno(self) -> int:
        """Give the real one's, for C libraries."""
        return self._to.fileno()

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, text: str) -> int:
        """Log whole lines; keep the last one until it ends."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._log(line)
        return len(text)

    def flush(self) -> None:
        """Log what has been begun."""
        begun, self._begun = self._begun, ""
        self._log(begun)
        self._to.flush()

    def _log(self, line: str) -> None:
        if line.strip():
            plain = line.strip().removeprefix(DOT) if line.lstrip().startswith(DOT) else line.rstrip()
            self._handler.handle(logging.LogRecord(PRINTED, logging.INFO, "", 0, plain, None, None))


class OnStderr(logging.Handler):
    """Writes JSON to the real standard error; no view may divert it, as they do with lines for people."""

    def __init__(self) -> None:
        super().__init__()
        self._to: TextIO = sys.stderr._to if isinstance(sys.stderr, Lines) else sys.stderr
        self.setFormatter(Line())
        sys.stderr = Lines(self._to, self)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            self._to.write(self.format(record) + "\n")
            self._to.flush()
        except OSError:
            pass  # nobody reads standard error, and there is no other place to say so
        except Exception:  # noqa: BLE001 - a plugin's border: its arguments may not fit its message
            self.handleError(record)
