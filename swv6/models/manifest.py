"""What was verified, kept beside the files, so that a later start need not hash a gigabyte again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from swv6.models.catalog import FROM_HUB, Model

NAME = ".verified.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was when its hash was right."""

    sha256: str
    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds; a copy has another one, and is hashed once."""


def of(path: Path, sha256: str) -> Entry:
    """Describe a file whose hash is known."""
    stat = path.stat()
    return Entry(sha256, stat.st_size, stat.st_mtime_ns)


def read(folder: Path) -> dict[str, Entry]:
    """Read a folder's manifest; empty when there is none or it cannot be understood."""
    try:
        entries = json.loads((folder / NAME).read_text(encoding="utf-8"))["files"]
        return {name: Entry(**entry) for name, entry in entries.items() if name == Path(name).name}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write a folder's manifest in one step."""
    content = {"files": {name: asdict(entry) for name, entry in entries.items()}}
    draft = folder / f"{NAME}.{os.getpid()}"
    draft.write_text(json.dumps(content, indent=1), encoding="utf-8")
    draft.replace(folder / NAME)


def unchanged(path: Path, entry: Entry) -> bool:
    """True when the file is as it was, going by size and time."""
    stat = path.stat()
    return stat.st_size == entry.size and stat.st_mtime_ns == entry.mtime_ns


def expected_hashes(model: Model, seen: dict[str, Entry]) -> dict[str, str]:
    """What each file must hash to: the catalog's word first, then what the hub said at pull."""
    fixed = {file.name: file.sha256 for file in model.files}
    return {
        name: seen[name].sha256 if name in seen and fixed.get(name, FROM_HUB) == FROM_HUB else sha256
        for name, sha256 in {**dict.fromkeys(seen, FROM_HUB), **fixed}.items()
    }
