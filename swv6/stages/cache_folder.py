"""The folder of the answers that are kept on disk, and what is in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from swv6.stages import cache_sql as sql

FOLDER = "SWV6_CACHE"
"""Environment variable: the folder of kept answers, or `off` for none."""
_PATIENCE = 2.0
"""Seconds to wait for another process."""


def folder() -> Path | None:
    """Where answers are kept: `SWV6_CACHE`, or `answers` in the user's cache folder; None when they are not."""
    from platformdirs import user_cache_path

    chosen = os.environ.get(FOLDER, "")
    if chosen.lower() == "off":
        return None
    return Path(chosen).expanduser().absolute() if chosen else user_cache_path("swv6", appauthor=False) / "answers"


def path_of(kind: str, root: Path) -> Path:
    """Name the file of one kind."""
    return root / f"{kind}.sqlite3"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a file holds, and how it was used since it was made."""

    entries: int = 0
    bytes: int = 0
    """Bytes counted against the budget."""
    oldest: float | None = None
    """When its oldest answer was made, in seconds since 1970."""
    hits: int = 0
    misses: int = 0


def figures(path: Path) -> Figures:
    """Look into a file; there is nothing in one that cannot be read."""
    if not path.is_file():
        return Figures()
    with suppress(sqlite3.Error, OSError), closing(sql.opened(path, _PATIENCE)) as db:
        found = [*db.execute(sql.ENTRIES).fetchone(), *db.execute(sql.OLDEST).fetchone()]
        return Figures(*found, *db.execute(sql.USES).fetchone())
    return Figures()


def clear(path: Path) -> None:
    """Forget every answer of a file and give its room back, also under those who use it.

    Raises OSError or sqlite3.Error when it cannot be written.
    """
    if not path.is_file():
        return
    try:
        with closing(sql.opened(path, _PATIENCE)) as db:
            with sql.transaction(db):
                for statement in sql.FORGET:
                    db.execute(statement)
            db.executescript(f"{sql.SHRINK}; {sql.EMPTY_LOG}")
    except sqlite3.Error as error:
        if not sql.is_foreign(error):
            raise
        remove(path)


def remove(path: Path) -> None:
    """Delete a file that cannot be understood, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
