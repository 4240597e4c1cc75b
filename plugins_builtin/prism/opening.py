"""A model on its way: a conversation waits for it, a recording is searched for speech meanwhile."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
from anyio import to_thread

from plugins_builtin.prism.loading import Whisper, copies, found, load
from plugins_builtin.prism.options import PrismOptions
from swv6.plugins import ModelError, Worker
from swv6.plugins.border import border
from swv6.plugins.worker import worker

log = logging.getLogger("swv6.prism")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model, and where it is."""

    whisper: Whisper
    device: str
    compute_type: str


@dataclass(frozen=True, slots=True)
class Engine:
    """A model and the threads that may enter it."""

    worker: Worker
    loading: Future[Loaded]

    def loaded(self) -> Loaded:
        """Wait for the model, on a worker's thread. Raises ModelError."""
        return self.loading.result()


@asynccontextmanager
async def engine(options: PrismOptions) -> AsyncIterator[Engine]:
    """Open an engine, loaded for a conversation, loading for recordings. Raises ModelError."""
    found(options)
    async with worker("prism", options.concurrency * copies(options)) as threads:
        loader = ThreadPoolExecutor(1, "swv6-prism-load")
        try:
            opened = Engine(threads, loader.submit(_loaded, options))
            if options.live:
                await threads.call(opened.loaded)
            yield opened
        finally:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(loader.shutdown)


def _loaded(options: PrismOptions) -> Loaded:
    with border(f"prism cannot load {options.model}", ModelError, "swv6 models verify"):
        device, kind, whisper = load(options)
    log.info("%s on %s in %s", Path(options.model).name, device, kind)
    return Loaded(whisper, device, kind)
