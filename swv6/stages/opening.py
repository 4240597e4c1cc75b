"""Opening one backend of a profile: its weights become paths, its context is entered."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from swv6.models.store import Store
from swv6.plugins.options import Options, Weights
from swv6.profiles import Choice, Profile

log = logging.getLogger("swv6.opening")


@asynccontextmanager
async def opened(choice: Choice, store: Store, live: bool = True, threads: int = 0) -> AsyncIterator[Any]:
    """Open a backend with its weights found on disk; `threads` is for one that leaves theirs open (0).

    Raises MissingExtra, ModelError (weights absent or wrong), HardwareError, DeviceError, or what the plugin raises.
    """
    choice.offer.check(choice.options)
    began = monotonic()
    async with choice.offer.opener()(ready_options(choice.options, store, live, threads)) as backend:
        name = getattr(backend, "description", "") or getattr(backend, "name", "")
        about = f": {name}" if isinstance(name, str) and name else ""
        log.info("%s opened in %.2f s%s", choice.backend, monotonic() - began, about)
        yield backend


def weights(options: Options) -> Iterator[tuple[str, str, Weights]]:
    """Give (field, value, mark) of each option that names weights."""
    for name, info in type(options).model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, Weights)), None)
        if mark is not None and (value := getattr(options, name)):
            yield name, value, mark


def ready_options(options: Options, store: Store, live: bool, threads: int = 0) -> Options:
    """Put paths in the place of model names, `live` and `threads` where the entry leaves them open."""
    changes: dict[str, Any] = {name: str(store.find(value, mark.format)) for name, value, mark in weights(options)}
    if "live" in type(options).model_fields and "live" not in options.model_fields_set:
        changes["live"] = live
    if threads and getattr(options, "threads", None) == 0:
        changes["threads"] = threads
    return options.model_copy(update=changes)


def needed(profile: Profile, kinds: tuple[str, ...]) -> list[str]:
    """Name the weights that must be there: for each kind, those of the first usable backend that has any."""
    names = list[str]()
    for kind in kinds:
        for choice in getattr(profile, kind):
            wanted = [] if choice.offer.missing(choice.options) else [value for _, value, _ in weights(choice.options)]
            if wanted:
                names += wanted
                break
    return names
