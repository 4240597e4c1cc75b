"""What `swv6 doctor --fix` may do: folders, leftovers, models; nothing that loses what cannot be had again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from swv6.errors import Swv6Error
from swv6.health.findings import Finding, failed
from swv6.health.weights import named, useless_leftovers
from swv6.models import catalog
from swv6.profiles.schema import CHAINS
from swv6.profiles.search import own_folder
from swv6.stages import cache_folder
from swv6.stages.opening import needed

if TYPE_CHECKING:
    from swv6.models.catalog import Model
    from swv6.models.store import Store
    from swv6.profiles import Profile

NAMED = 3
"""Locks that are named; of more, how many there were says enough."""
Pull = Callable[["Model", bool], Path]
"""Fetch a model, again where it is damaged."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that can be mended here."""

    name: str
    done: str
    """What is said when it has been done."""
    act: Callable[[], object]
    bytes: int = 0
    """To be downloaded: somebody has agreed, or it is not done."""

    def run(self) -> Finding:
        """Do it, and say so; a disk or a network that refuses becomes a problem."""
        try:
            self.act()
        except (OSError, Swv6Error) as error:
            return failed(f"fix {self.name}", error)
        return Finding(f"fix {self.name}", "ok", self.done)


def repairs(profile: Profile | None, store: Store, pull: Pull) -> list[Repair]:
    """Plan what can be mended; nothing is touched yet."""
    planned = [*_folders(store), *_locks(store)]
    if profile is not None:
        planned += _models(profile, store, pull)
    pulled = {repair.name.removeprefix("model ") for repair in planned}
    return planned + [r for r in _leftovers(store) if r.name.removeprefix("download ") not in pulled]


def _folders(store: Store) -> Iterator[Repair]:
    for place in (store.root, cache_folder.folder(), own_folder()):
        if place is not None and not place.exists():
            yield Repair("folder", f"made {place}", _maker(place))


def _maker(place: Path) -> Callable[[], None]:
    return lambda: place.mkdir(parents=True, exist_ok=True)


def _locks(store: Store) -> Iterator[Repair]:
    """Find locks that nobody holds: one repair for all, there may be one for each model that was ever pulled."""
    free = [lock for lock in sorted((store.root / ".partial").glob("*.lock")) if _free(lock)]
    if free:
        names = ", ".join(lock.stem for lock in free[:NAMED]) + (", ..." if len(free) > NAMED else "")
        done = f"removed {len(free)} that nobody held: {names}"
        yield Repair("locks", done, lambda: [_remover(lock)() for lock in free])


def _free(lock: Path) -> bool:
    try:
        with FileLock(lock, timeout=0):
            return True
    except (Timeout, OSError):
        return False


def _remover(lock: Path) -> Callable[[], None]:
    def remove() -> None:
        if os.name == "nt":  # an open file cannot be removed there
            if _free(lock):
                lock.unlink(missing_ok=True)
            return
        with suppress(Timeout), FileLock(lock, timeout=0):
            lock.unlink(missing_ok=True)

    return remove


def _models(profile: Profile, store: Store, pull: Pull) -> Iterator[Repair]:
    """Fetch what the first usable backends need, and again what is damaged."""
    known, first = catalog.load(), needed(profile, tuple(CHAINS))
    for name in dict.fromkeys(name for name, _ in named(profile) if name in known):
        model, here = known[name], store.folder(name).exists()
        if here and store.verify(name, thorough=True):
            yield Repair(f"model {name}", "fetched again: it was damaged", _puller(pull, model, True), model.size)
        elif not here and name in first:
            yield Repair(f"model {name}", "fetched: it was missing", _puller(pull, model, False), model.size)


def _puller(pull: Pull, model: Model, again: bool) -> Callable[[], Path]:
    return lambda: pull(model, again)


def _leftovers(store: Store) -> Iterator[Repair]:
    """Find parts of models that are here whole, or that the catalog no longer knows."""
    for folder in useless_leftovers(store):
        lock = folder.with_name(f"{folder.name}.lock")
        if not lock.exists() or _free(lock):
            size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            done = f"removed what an interrupted pull had left, {size / 1e6:.0f} MB"
            yield Repair(f"download {folder.name}", done, _tree_remover(folder))


def _tree_remover(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder)
