"""A file made of weights, once, and kept beside them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

FOLDER = ".made"
"""Lies beside the weights, so that `swv6 models rm` removes both."""


def derived(source: Path, name: str, make: Callable[[Path, Path], None]) -> Path:
    """Return the file that `make(source, draft)` writes, made once and kept below the folder of `source`.

    `name` names what is made, with the version of how. It is made again when the weights or it itself are no longer
    what they were, going by size and time as the store of models does. Several processes may ask at once.
    Raises OSError when it cannot be kept there, and whatever `make` raises.
    """
    made = source.parent / FOLDER / name
    if _note(made, source) == _kept(made):
        return made
    made.parent.mkdir(exist_ok=True)
    draft = made.with_name(f"{os.getpid()}.{name}")
    try:
        make(source, draft)
        draft.replace(made)
        draft.write_text(json.dumps(_note(made, source)), encoding="utf-8")
        draft.replace(_manifest(made))
    finally:
        draft.unlink(missing_ok=True)
    return made


def _manifest(made: Path) -> Path:
    return made.with_name(f"{made.name}.json")


def _kept(made: Path) -> list[int] | None:
    try:
        note = json.loads(_manifest(made).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return note if isinstance(note, list) else None


def _note(made: Path, source: Path) -> list[int]:
    """Size (bytes) and time (ns) of both; nothing of what is not there."""
    stats = [path.stat() for path in (source, made) if path.exists()]
    return [number for stat in stats for number in (stat.st_size, stat.st_mtime_ns)]
