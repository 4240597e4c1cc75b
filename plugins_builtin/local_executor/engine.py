"""One set of loaded models, as many requests inside it as serve this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from plugins_builtin.local_executor.options import LocalOptions
from swv6.plugins import Crew, Executor, Recogniser, Report


@asynccontextmanager
async def open_local(options: LocalOptions) -> AsyncIterator[Executor]:
    """Give the executor; models are loaded when it is given a recogniser."""

    @asynccontextmanager
    async def local(recogniser: Recogniser, report: Report, /) -> AsyncIterator[Crew]:
        workers = options.workers or recogniser.workers
        async with recogniser.open(report, workers) as stt:
            yield Crew(stt, room=workers + 1)  # one is decoded while the others are heard

    yield local
