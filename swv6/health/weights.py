"""The weights that a profile names: present, of the right hash, and what interrupted pulls have left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from swv6.errors import Swv6Error
from swv6.health.findings import Finding
from swv6.models import catalog
from swv6.profiles.schema import CHAINS
from swv6.stages.opening import needed, weights

if TYPE_CHECKING:
    from swv6.models.store import Store
    from swv6.profiles import Profile


def named(profile: Profile) -> list[tuple[str, str]]:
    """Give (model or path, format) of each model that some backend of the profile names, once."""
    every = [c for kind in CHAINS for c in getattr(profile, kind)]
    return list(dict.fromkeys((value, mark.format) for c in every for _, value, mark in weights(c.options)))


def models(profile: Profile, store: Store, deep: bool = False) -> Iterator[Finding]:
    """Check each model: by size and time of what was verified before, or hashing everything (`deep`)."""
    first, known = needed(profile, tuple(CHAINS)), catalog.load()
    for name, format in named(profile):
        try:
            place = store.find(name, format)
            problems = store.verify(name, thorough=True) if deep and name in known else []
            if problems:
                raise problems[0]
        except Swv6Error as error:
            bad = name in first or (name in known and store.folder(name).exists())
            yield Finding(f"model {name}", "problem" if bad else "warning", error.what, error.hint)
        else:
            yield Finding(f"model {name}", "ok", f"hashed, {place}" if deep and name in known else str(place))


def leftovers(store: Store) -> Iterator[Finding]:
    """Find what interrupted pulls have left: beginnings from which they go on, and what is good for nothing."""
    found, useless = unfinished(store), useless_leftovers(store)
    begun = [folder for folder in found if folder not in useless]
    if begun:
        yield Finding("downloads", "warning", _left("unfinished", begun), f"swv6 models pull {begun[0].name}")
    if useless:
        yield Finding("leftovers", "warning", _left("left over and of no use", useless), "swv6 doctor --fix")


def _left(what: str, folders: list[Path]) -> str:
    size = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
    return f"{len(folders)} {what} ({', '.join(folder.name for folder in folders)}), {size / 1e6:.0f} MB"


def useless_leftovers(store: Store) -> list[Path]:
    """Give the folders of unfinished pulls whose models are here whole, or no longer in the catalog."""
    known = catalog.load()
    return [folder for folder in unfinished(store) if folder.name not in known or store.present(folder.name)]


def unfinished(store: Store) -> list[Path]:
    """Give the folders of unfinished pulls."""
    place = store.root / ".partial"
    return sorted(path for path in place.iterdir() if path.is_dir()) if place.is_dir() else []
