"""Which conversations on this machine can be looked at: each leaves a note while its page is served."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def folder() -> Path:
    """Where notes are left: `SWV6_RUNNING`, or `running` in the user's state folder."""
    from platformdirs import user_state_path

    chosen = os.environ.get("SWV6_RUNNING")
    return Path(chosen) if chosen else user_state_path("swv6", appauthor=False) / "running"


@contextmanager
def announced(url: str) -> Iterator[None]:
    """Leave a note for the length of the block; a disk that takes none is no reason not to talk."""
    note = folder() / f"{os.getpid()}.json"
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(json.dumps({"url": url}), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()


def newest() -> str | None:
    """Give the address of the conversation that began last; notes of processes that are gone are taken away."""
    import psutil

    notes = [(_age(note), note) for note in folder().glob("*.json")] if folder().is_dir() else []
    for _, note in sorted(notes, reverse=True):
        with suppress(OSError, ValueError, KeyError, TypeError):
            if psutil.pid_exists(int(note.stem)):
                return str(json.loads(note.read_text(encoding="utf-8"))["url"])
            note.unlink()
    return None


def _age(note: Path) -> float:
    with suppress(OSError):
        return note.stat().st_mtime
    return 0.0
