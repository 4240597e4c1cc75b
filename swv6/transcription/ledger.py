"""The ledger of an output folder: what was made there, of what, how; it survives a killed process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from swv6.errors import Swv6Error, UsageError
from swv6.transcription.refusals import full

NAME = ".swv6-transcribe.sqlite"
"""In the output folder."""
_TABLE = """
create table if not exists made (
    place text primary key,     -- below the folder, without a suffix
    sound text not null,        -- blake2b of the recording
    options text not null,      -- blake2b of what the text depends on besides
    files text not null,        -- one a line: blake2b, blank, name; NUL for a line's end in a name
    seconds real not null,      -- of sound
    whole integer not null      -- 0 while the files are being put in their places
)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of one place."""

    sound: str
    options: str
    files: dict[str, str]
    """Name below the folder -> blake2b of its content."""
    seconds: float
    whole: bool


class Ledger:
    """One output folder's ledger; may be used by any thread."""

    def __init__(self, database: sqlite3.Connection, file: Path) -> None:
        self._database = database
        self._file = file
        self._lock = Lock()

    def __getitem__(self, place: str) -> Entry | None:
        """Look one place up."""
        with self._lock:
            row = self._database.execute("select * from made where place = ?", (place,)).fetchone()
        return _entry(row) if row else None

    def unfinished(self) -> list[tuple[str, Entry]]:
        """Give what was being written when a run was killed."""
        with self._lock:
            rows = self._database.execute("select * from made where not whole").fetchall()
        return [(row[0], _entry(row)) for row in rows]

    def put(self, place: str, entry: Entry) -> None:
        """Write one place down; it is on the disk when this returns."""
        files = "\n".join(f"{digest} {name}".replace("\n", "\0") for name, digest in entry.files.items())
        row = (place, entry.sound, entry.options, files, entry.seconds, entry.whole)
        with self._lock, _explained(self._file), self._database:
            self._database.execute("insert or replace into made values (?, ?, ?, ?, ?, ?)", row)


def _entry(row: tuple[str, str, str, str, float, int]) -> Entry:
    pairs = (line.replace("\0", "\n").partition(" ") for line in row[3].split("\n") if line)
    return Entry(row[1], row[2], {name: digest for digest, _, name in pairs}, row[4], bool(row[5]))


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open a folder's ledger for this process alone; the folder is made when it is missing.

    Raises UsageError when it is no folder or cannot be written, Swv6Error when its disk is full, when another process
    works in it, or the ledger is damaged.
    """
    with ExitStack() as stack:
        yield Ledger(_open(folder, stack), folder / NAME)


def _open(folder: Path, stack: ExitStack) -> sqlite3.Connection:
    file = folder / NAME
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file, and texts need a folder", "choose another --output-dir")
    with _usable(file):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            stack.enter_context(FileLock(f"{file}.lock", timeout=0))
        except Timeout as error:
            raise Swv6Error(f"{folder}: another swv6 transcribe writes here", "wait for it, or end it") from error
        # no WAL: it needs shared memory, which network folders lack; a rollback journal survives a kill as well
        database = sqlite3.connect(file, check_same_thread=False)
        stack.callback(database.close)
        database.execute(_TABLE)
        return database


@contextmanager
def _usable(file: Path) -> Iterator[None]:
    """Explain; a folder that cannot be written is a wrong command line."""
    try:
        with _explained(file):
            yield
    except Swv6Error as error:
        cause = error.__cause__
        if isinstance(cause, OSError | sqlite3.OperationalError) and not isinstance(cause, Timeout) and not full(cause):
            raise UsageError(error.what, error.hint) from cause
        raise


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Swv6Error(f"{file}: cannot be written: {error}", "choose another --output-dir, or make room") from error
    except sqlite3.DatabaseError as error:
        raise Swv6Error(f"{file}: is damaged: {error}", "remove it: everything is transcribed again") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise Swv6Error(f"{file.parent}: cannot be written: {reason}", "choose another --output-dir") from error
