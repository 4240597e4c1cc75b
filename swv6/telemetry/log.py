"""Where log lines go: human ones to a terminal, JSON to stderr or a file; through the standard library's `logging`."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path

LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}
"""Verbosity -> level of the terminal; more than 1 is DEBUG."""
EVENTS, ENDED, PRINTED = "swv6.events", "swv6.ended", "swv6.printed"
"""Loggers of what a person sees in another form: events, the error that ended a run, lines printed on stderr."""
STDERR, FILE = "stderr", "file"
"""Names of the two handlers."""
SIZE, KEEP = 5_000_000, 4
"""Bytes of a log file, and how many older ones are kept."""


def configure(verbosity: int, as_json: bool = False, file: str = "") -> None:
    """Send the `swv6` loggers to stderr, and to a file where one is named; `verbosity` is -1 (quiet), 0, 1 or more.

    Raises UsageError when the file cannot be written.
    """
    root = logging.getLogger("swv6")
    root.handlers[:] = [_on_stderr(verbosity, as_json)]
    root.propagate = False
    _widen(root)
    if file:
        keep(Path(file))


def keep(path: Path, level: int = logging.INFO, size: int = SIZE, count: int = KEEP) -> None:
    """Write JSON lines to a file from now on, in the place of one that was named before. Raises UsageError."""
    from swv6.telemetry.log_file import Rotating

    _there(path.expanduser())
    root, handler = logging.getLogger("swv6"), Rotating(path, size, count)
    handler.name = FILE
    handler.setLevel(level)
    for old in [old for old in root.handlers if old.name == FILE]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    _widen(root)


def _there(path: Path) -> None:
    """See that a file's folder is there: only the user's own ones for logs and states are made. Raises UsageError."""
    from platformdirs import user_log_path, user_state_path

    from swv6.errors import UsageError

    folder, missing = path.absolute().parent, False
    own = (user_log_path("swv6", appauthor=False), user_state_path("swv6", appauthor=False))
    with suppress(OSError):  # nobody may look: opening the file says why
        missing = not folder.exists()
    if missing and not any(folder.is_relative_to(made) for made in own):
        raise UsageError(f"log file {path}: the folder {path.parent} does not exist", f"mkdir -p {path.parent}")


def kept() -> Path | None:
    """Name the file that log lines go to."""
    files = [h.baseFilename for h in logging.getLogger("swv6").handlers if isinstance(h, logging.FileHandler)]
    return Path(files[0]) if files else None


def shown(level: int) -> bool:
    """Tell whether stderr gets lines of a level: what a file gets beyond that is nothing to a person."""
    root = logging.getLogger("swv6")
    return level >= next((h.level for h in root.handlers if h.name == STDERR), root.getEffectiveLevel())


def tells_events() -> bool:
    """Tell whether stderr gets each event as a line of JSON: then nobody needs to print there what it says."""
    handlers = [h for h in logging.getLogger("swv6").handlers if h.name == STDERR and h.level <= logging.INFO]
    return any(not isinstance(h.formatter, Terminal) for h in handlers)


def ended(message: str, code: int) -> bool:
    """Log the error that ended the run; tell whether that put it on stderr, as a line of JSON."""
    root = logging.getLogger("swv6")
    if root.handlers:
        what, _, hint = message.partition("\n  -> ")
        fields = {"hint": hint, "exit_code": code} if hint else {"exit_code": code}
        logging.getLogger(ENDED).error("%s", what, extra={"fields": fields})
    return any(h.name == STDERR and not isinstance(h.formatter, Terminal) for h in root.handlers)


class Terminal(logging.Formatter):
    """One line for a person, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the message; of an event, its fields too."""
        from swv6.telemetry.secrets import own_secrets, without_secrets

        fields: dict[str, object] = getattr(record, "fields", {})
        line = " ".join([super().format(record), *(f"{name}={value}" for name, value in fields.items())])
        return without_secrets(line, own_secrets())


def _on_stderr(verbosity: int, as_json: bool) -> logging.Handler:
    level = LEVELS.get(verbosity, logging.DEBUG)
    if as_json:
        from swv6.telemetry.log_json import OnStderr

        line: logging.Handler = OnStderr()
        line.name = STDERR
        line.setLevel(min(logging.INFO, level) if verbosity >= 0 else level)
        return line
    handler = logging.StreamHandler(sys.stderr)
    handler.name = STDERR
    handler.setLevel(level)
    detail = "%(relativeCreated).0f ms %(name)s: " if verbosity > 1 else ""
    handler.setFormatter(Terminal(f"swv6: {detail}%(message)s"))
    apart = {ENDED, PRINTED} if verbosity > 1 else {ENDED, PRINTED, EVENTS}
    handler.addFilter(lambda record: record.name not in apart)
    return handler


def _widen(root: logging.Logger) -> None:
    """Let through what any handler takes."""
    root.setLevel(min(handler.level for handler in root.handlers))
