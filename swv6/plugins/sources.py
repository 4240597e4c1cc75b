"""Find entry points without importing importlib.metadata, which costs as much as the rest of `swv6 --help`.

It reads what the packaging standards lay down: `NAME.dist-info/entry_points.txt` and `METADATA` in the folders of
`sys.path`. Where code may come from elsewhere (a zip file, a frozen program) importlib.metadata is asked after all.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Protocol


class Distribution(Protocol):
    """An installed package."""

    def __hash__(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...


class Source(Protocol):
    """An entry point; importlib.metadata's are such."""

    @property
    def name(self) -> str: ...
    @property
    def dist(self) -> Distribution | None: ...
    def load(self) -> Any: ...


class Package:
    """A package by its `.dist-info` or `.egg-info` folder; its metadata is read when it is asked for."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        return self._header("Name")

    @property
    def version(self) -> str:
        return self._header("Version")

    def _header(self, key: str) -> str:
        for file in ("METADATA", "PKG-INFO"):
            for line in _lines(os.path.join(self._folder, file)):  # noqa: PTH118 - pathlib is not imported yet
                if not line:
                    break
                if line.startswith(f"{key}:"):
                    return line.partition(":")[2].strip()
        return ""


class EntryPoint:
    """`name = module:attribute` of one package."""

    def __init__(self, name: str, value: str, dist: Package) -> None:
        self.name = name
        self.value = value
        self.dist = dist

    def load(self) -> Any:
        """Import what it names."""
        module, _, attribute = self.value.partition("[")[0].strip().partition(":")
        found: Any = import_module(module.strip())
        for part in filter(None, attribute.strip().split(".")):
            found = getattr(found, part)
        return found


def installed(group: str) -> Iterable[Source]:
    """Give the entry points of one group, the first package of a name on `sys.path` winning."""
    if getattr(sys, "frozen", False) or any(os.path.isfile(path) for path in sys.path):  # noqa: PTH113
        from importlib.metadata import entry_points

        return entry_points(group=group)
    return _scan(group)


def _scan(group: str) -> Iterator[EntryPoint]:
    seen = set()
    for path in dict.fromkeys(path or os.curdir for path in sys.path):
        for folder in _packages(path):
            stem = os.path.basename(folder).removesuffix(".dist-info").removesuffix(".egg-info")  # noqa: PTH119
            name = re.sub(r"[-_.]+", "-", stem.partition("-")[0]).lower()
            if name not in seen:
                seen.add(name)
                yield from _points(folder, group)


def _packages(path: str) -> list[str]:
    try:
        return sorted(entry.path for entry in os.scandir(path) if entry.name.endswith((".dist-info", ".egg-info")))
    except OSError:
        return []


def _points(folder: str, group: str) -> Iterator[EntryPoint]:
    inside, dist = False, Package(folder)
    for line in _lines(os.path.join(folder, "entry_points.txt")):  # noqa: PTH118
        if line.startswith("["):
            inside = line == f"[{group}]"
        elif inside and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip(), dist)


def _lines(file: str) -> Iterator[str]:
    try:
        with open(file, encoding="utf-8", errors="replace") as text:  # noqa: PTH123
            yield from (line.strip() for line in text)
    except OSError:
        return
