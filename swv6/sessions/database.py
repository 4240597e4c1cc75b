"""The file of all sessions: where it is, who may read it, what is in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from swv6.errors import Swv6Error

PATIENCE = 10.0
"""Seconds to wait for another process that is writing; a turn takes milliseconds."""

_TABLES = """
CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, began REAL NOT NULL, profile TEXT NOT NULL, language TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (
    id INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE, number INTEGER NOT NULL,
    user TEXT NOT NULL, assistant TEXT NOT NULL, outcome TEXT NOT NULL,
    asked_from REAL NOT NULL, asked_to REAL NOT NULL, answered_from REAL NOT NULL,
    answered_to REAL NOT NULL, UNIQUE (session, number));
CREATE TABLE IF NOT EXISTS sounds (
    turn INTEGER NOT NULL REFERENCES turns ON DELETE CASCADE, who TEXT NOT NULL, rate INTEGER NOT NULL,
    pcm BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS sounds_of_turns ON sounds (turn);
"""
_SEARCH = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    user, assistant, content='turns', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER IF NOT EXISTS words_in AFTER INSERT ON turns BEGIN
    INSERT INTO words(rowid, user, assistant) VALUES (new.id, new.user, new.assistant); END;
CREATE TRIGGER IF NOT EXISTS words_out AFTER DELETE ON turns BEGIN
    INSERT INTO words(words, rowid, user, assistant) VALUES ('delete', old.id, old.user, old.assistant); END;
"""


def default_path() -> Path:
    """Where sessions are kept: `SWV6_SESSIONS`, or `sessions.db` in the user's data folder."""
    from platformdirs import user_data_path

    chosen = os.environ.get("SWV6_SESSIONS")
    return Path(chosen).expanduser().absolute() if chosen else user_data_path("swv6", appauthor=False) / "sessions.db"


@contextmanager
def connected(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Open the file, making it readable by its owner only; a block that ends well is committed.

    Raises Swv6Error when it cannot be read or written.
    """
    path = path or default_path()
    try:
        _made_private(path)
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as database, database:
            _prepare(database)
            yield database
    except (sqlite3.Error, OSError) as error:
        raise Swv6Error(f"{path}: {error}", "SWV6_SESSIONS names another file; sessions: off does without") from error


def _prepare(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        database.execute("PRAGMA journal_mode = WAL")
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        database.execute(f"PRAGMA {pragma}")
    if not searchable(database):
        database.executescript(_TABLES)
        with suppress(sqlite3.OperationalError):  # a SQLite without FTS5: `search` looks at every turn
            database.executescript(_SEARCH)


def searchable(database: sqlite3.Connection) -> bool:
    """Say whether there is an index of words."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is not None


def _made_private(path: Path) -> None:
    """Make the file before SQLite does, for nobody else's eyes; its journals take its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
