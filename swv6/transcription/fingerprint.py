"""What a text depends on besides its recording, as one digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from swv6.models import catalog, manifest
from swv6.models.store import Store
from swv6.plugins.manager import installed
from swv6.profiles import Choice, Profile
from swv6.stages.opening import weights

WRITING = 4
"""Raised when this version of swv6 writes something else of the same sound and options: all of it is then done again.
A test compares what is written of one transcript, and says when."""
EFFORT = frozenset({"concurrency", "threads", "warmups", "device", "devices"})
"""Options that say how, not what: another number of workers must not make everything be done again."""
_PIECE = 1 << 20


def fingerprint(profile: Profile, formats: Mapping[str, Any], store: Store) -> str:
    """Digest the recognisers, filters and language of a profile, and the formats.

    Files and weights count by what is in them: a new name or time changes nothing. Backends count with the versions of
    their libraries, and of their package where that is not swv6.
    """
    chosen = {
        "writing": WRITING,
        "language": profile.language,
        "stt": [_choice("stt", choice, store) for choice in profile.stt],
        "filters": [_choice("transcript_filter", choice, store) for choice in profile.transcript_filters],
        "formats": dict(formats),
    }
    return _digest(json.dumps(chosen, sort_keys=True, default=str).encode())


def _choice(kind: str, choice: Choice, store: Store) -> list[Any]:
    models = {name: sorted(_weights(value, store)) for name, value, _ in weights(choice.options)}
    written = choice.options.model_dump(mode="json", exclude={*EFFORT, *models})
    values = {name: _content(value) for name, value in written.items()}
    return [choice.backend, {**values, **models}, sorted(_versions(kind, choice))]


def _weights(value: str, store: Store) -> Iterator[str]:
    """Describe weights by their files' hashes; by their name where they are on another machine only."""
    model, path = catalog.load().get(value), Path(value).expanduser()
    if model is not None:
        yield from map(" ".join, manifest.expected_hashes(model, manifest.read(store.folder(value))).items())
    elif not path.exists():
        yield value
    else:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (_hash(file) for file in files if file.is_file())


def _content(value: Any) -> Any:
    """Put what is in a file in the place of its path, in lists and mappings too."""
    if isinstance(value, dict):
        return {key: _content(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_content(item) for item in value]
    named = isinstance(value, str) and len(value) < 1000 and "\n" not in value and "\0" not in value
    path = Path(value) if named else Path()
    return _hash(path) if path.is_absolute() and path.is_file() else value


def _versions(kind: str, choice: Choice) -> Iterator[str]:
    plugins = installed()
    owner = plugins.found.get(plugins.owners.get((kind, choice.backend), ""))
    if owner is not None and owner.package != "swv6":
        yield f"{owner.package} {owner.version}"
    for module in choice.offer.requires:
        try:
            yield f"{module} {version(module)}"
        except PackageNotFoundError:  # its package is called otherwise
            continue


def _hash(path: Path) -> str:
    hashed = blake2b(digest_size=20)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()
