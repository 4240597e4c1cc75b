"""What is asked of the SQLite file that keeps answers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

FORMAT = 1
"""Version of the table and of the values in it; a file of another one is begun anew."""
_NEW = """
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, made REAL NOT NULL, used REAL NOT NULL, bytes INTEGER NOT NULL,
    value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS by_use ON answers (used, bytes);
CREATE INDEX IF NOT EXISTS by_age ON answers (made);
CREATE TABLE IF NOT EXISTS uses (one INTEGER PRIMARY KEY CHECK (one = 1), hits INTEGER, misses INTEGER);
INSERT OR IGNORE INTO uses VALUES (1, 0, 0);
"""
GET = "SELECT value FROM answers WHERE key = ? AND made > ?"
PUT = "INSERT OR REPLACE INTO answers (key, made, used, bytes, value) VALUES (?, ?, ?, ?, ?)"
TOUCH = "UPDATE answers SET used = ? WHERE key = ?"
COUNT = "UPDATE uses SET hits = hits + ?, misses = misses + ?"
EXPIRE = "DELETE FROM answers WHERE made <= ?"
BYTES = "SELECT coalesce(sum(bytes), 0) FROM answers INDEXED BY by_use"
LEAST_USED = "SELECT id, bytes FROM answers INDEXED BY by_use ORDER BY used, id"
DROP = "DELETE FROM answers WHERE id = ?"
SHRINK = "PRAGMA incremental_vacuum"
"""Gives back one page at each step: for `executescript`, which takes them all, `execute` only the first."""
ENTRIES = "SELECT count(*), coalesce(sum(bytes), 0) FROM answers INDEXED BY by_use"
FORGET = ("DELETE FROM answers", "UPDATE uses SET hits = 0, misses = 0")
EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
USES = "SELECT hits, misses FROM uses"
OLDEST = "SELECT min(made) FROM answers"


DIGEST = 16
"""Bytes of a key: among 2^64 answers one might be mistaken for another."""


def digest(about: bytes, key: Hashable) -> bytes:
    """Digest a request to a backend; keys are text, numbers and bytes, whose `repr` is the same everywhere."""
    return blake2b(about + repr(key).encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


class Foreign(sqlite3.DatabaseError):
    """The file is a database of something else, or of another version."""


def opened(path: Path, patience: float) -> sqlite3.Connection:
    """Open the file, making its tables when it is new; raises sqlite3.Error, Foreign among them.

    `patience` is the seconds that a statement waits for another process.
    """
    db = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    until = time.monotonic() + patience
    try:
        while db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            try:
                _create(db)
            except sqlite3.OperationalError as error:  # the change to WAL does not wait for others by itself
                if not is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(0.01)
        # a checkpoint syncs, a commit does not: after a power cut the last answers may be gone, no more
        db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        db.close()
        raise
    return db


def _create(db: sqlite3.Connection) -> None:
    """Make the tables; several processes may come here at once, and one of them does it."""
    db.execute("PRAGMA page_size = 8192")
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    with transaction(db):
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == FORMAT:
            return
        if version or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise Foreign(f"version {version}")
        for statement in filter(str.strip, _NEW.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {FORMAT}")


def least_used(db: sqlite3.Connection, max_bytes: float) -> list[tuple[int]]:
    """Name the answers that must leave for the rest to fit, the least recently used first."""
    over, leaving = db.execute(BYTES).fetchone()[0] - max_bytes, list[tuple[int]]()
    for at, size in db.execute(LEAST_USED) if over > 0 else ():
        if over <= 0:
            break
        leaving.append((at,))
        over -= size
    return leaving


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do all of it or nothing, taking the lock at once: one taken later is refused without waiting."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has ended it already
            db.execute("ROLLBACK")
        raise


def is_busy(error: Exception) -> bool:
    """Tell another process that holds the file for long."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_foreign(error: Exception) -> bool:
    """Tell a file that is damaged or not ours."""
    damaged = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT)
    return isinstance(error, Foreign) or _code(error) in damaged


def is_sound(path: Path) -> bool:
    """Look through a whole file."""
    try:
        with closing(opened(path, 2.0)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _code(error: Exception) -> int:
    """Give SQLite's primary result code."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
