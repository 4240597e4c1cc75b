"""Answers kept on disk: one SQLite file for each kind, shared by any number of processes."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from swv6.stages import cache_sql as sql
from swv6.stages.cache_folder import remove

X = TypeVar("X")
log = logging.getLogger("swv6.cache")

PATIENCE = 2.0
"""Seconds that a write waits for other processes; then this answer is not kept."""
_OVERHEAD = 128
"""Bytes counted for a row beside its value: key, numbers and its place in two indexes."""
_TOUCHES = 64
"""Uses that are remembered before they are written."""
_MANY = 16
"""Answers that leave at once when the budget was lowered; their room is then given back to the file system."""


class Disk:
    """Bytes under keys: the least recently used leave when `max_bytes` would be passed, all leave after `ttl` seconds.

    No method raises: what cannot be read is a miss, what cannot be written is not kept. A file that is no cache of ours
    is replaced; a folder that cannot be used is said once on the logger "swv6.cache" and then left alone. Values are
    bytes and stay bytes, so nothing that a stranger puts into the file is ever executed. Safe for threads; a read never
    waits for a write.
    """

    def __init__(self, path: Path, max_bytes: float, ttl: float, clock: Callable[[], float] = time.time) -> None:
        self.path, self.max_bytes, self.ttl = path, max_bytes, ttl
        self._clock = clock
        self._reader, self._writer = _Door(path), _Door(path)
        self._tally = threading.Lock()
        self._touched = dict[bytes, float]()
        self._hits = self._misses = 0
        self._restarted = self._off = False

    @property
    def due(self) -> bool:
        """Say whether enough uses wait to be written."""
        return self._hits + self._misses >= _TOUCHES

    def get(self, key: bytes) -> bytes | None:
        """Give what is kept under `key`, counting a hit or a miss."""
        now = self._clock()
        row = self._safely(self._reader, lambda db: db.execute(sql.GET, (key, now - self.ttl)).fetchone())
        value = row[0] if row is not None and isinstance(row[0], bytes) else None
        with self._tally:
            self._hits += value is not None
            self._misses += value is None
            if value is not None:
                self._touched[key] = now
        return value

    def spoilt(self, key: bytes) -> None:
        """Count what `get` gave last as a miss: it could not be understood."""
        with self._tally:
            self._hits, self._misses = self._hits - 1, self._misses + 1
            self._touched.pop(key, None)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value unless it is bigger than the whole budget."""
        size = len(value) + _OVERHEAD
        if size <= self.max_bytes:
            self._safely(self._writer, lambda db: self._put(db, key, value, size))

    def flush(self) -> None:
        """Write down which answers were used."""
        if self._hits or self._misses:
            self._safely(self._writer, self._note)

    def close(self) -> None:
        """Flush and let go of the file."""
        self.flush()
        self._reader.close()
        self._writer.close()

    def _put(self, db: sqlite3.Connection, key: bytes, value: bytes, size: int) -> None:
        now = self._clock()
        with sql.transaction(db):
            self._note_in(db)
            db.execute(sql.PUT, (key, now, now, size, value))
            db.execute(sql.EXPIRE, (now - self.ttl,))
            leaving = sql.least_used(db, self.max_bytes)
            db.executemany(sql.DROP, leaving)
        if len(leaving) > _MANY:
            db.executescript(sql.SHRINK)

    def _note(self, db: sqlite3.Connection) -> None:
        with sql.transaction(db):
            self._note_in(db)

    def _note_in(self, db: sqlite3.Connection) -> None:
        with self._tally:
            touched, self._touched = self._touched, {}
            hits, self._hits, misses, self._misses = self._hits, 0, self._misses, 0
        db.executemany(sql.TOUCH, [(at, key) for key, at in touched.items()])
        db.execute(sql.COUNT, (hits, misses))

    def _safely(self, door: _Door, act: Callable[[sqlite3.Connection], X]) -> X | None:
        if self._off:
            return None
        try:
            return door.use(act)
        except (sqlite3.Error, OSError) as error:
            if sql.is_busy(error):
                log.debug("%s is busy", self.path)
            elif sql.is_foreign(error) and not self._restarted:
                self._start_over(error)
            else:
                self._give_up(error)
        return None

    def _start_over(self, error: Exception) -> None:
        """Replace a file that is damaged or not ours, unless another process has just done so."""
        from filelock import FileLock, Timeout

        self._restarted = True
        self._reader.close()
        self._writer.close()
        try:
            with FileLock(f"{self.path}.lock", timeout=PATIENCE):
                if not sql.is_sound(self.path):
                    log.warning("%s could not be understood (%s): it is begun anew", self.path, error)
                    remove(self.path)
        except (OSError, Timeout) as problem:
            self._give_up(problem)

    def _give_up(self, error: Exception) -> None:
        if not self._off:
            log.warning("answers are not kept on disk: %s: %s", self.path, error)
        self._off = True


class _Door:
    """One connection for one thread at a time, opened by its first user."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._db: sqlite3.Connection | None = None

    def use(self, act: Callable[[sqlite3.Connection], X]) -> X:
        with self._lock:
            if self._db is None:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._db = sql.opened(self._path, PATIENCE)
            return act(self._db)

    def close(self) -> None:
        with self._lock, suppress(sqlite3.Error):
            if self._db is not None:
                self._db.close()
            self._db = None
