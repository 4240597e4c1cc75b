"""The actors of a run: hired, given work one window at a time, replaced when they die."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import anyio
from anyio.abc import TaskGroup

from plugins_builtin.ray_executor.options import RayOptions
from plugins_builtin.ray_executor.worker import Answer, Worker
from swv6.plugins import Audio, BackendError, Recogniser, Report, Transcript

log = logging.getLogger("swv6.ray")
_LOOK = 1.0
"""Seconds between two looks at whether anybody is left to wait for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many actors, and what each asks of its machine."""

    workers: int
    cores: int
    gpus: float

    @property
    def each(self) -> str:
        """Say what each actor asks for."""
        cores = f"{self.cores} core" + "s" * (self.cores > 1)
        return cores + (f" and {self.gpus:g} GPUs" if self.gpus else "")


def plan(ray: Any, options: RayOptions) -> Plan:
    """Count the places of a cluster: on its GPUs, or on its cores where it has none."""
    machines = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    gpus = options.gpus if options.gpus is not None else float(any(m.get("GPU", 0) >= 1 for m in machines))
    widest = max((int(m.get("CPU", 0)) for m in machines), default=1)
    cores = 1 if gpus else max(1, min(options.cores, widest))
    key, need = ("GPU", gpus) if gpus else ("CPU", float(cores))
    places = sum(math.floor(m.get(key, 0) / need) for m in machines)
    return Plan(options.workers or max(1, places), cores, gpus)


class Staff:
    """Actors that are open, and the windows they are given."""

    def __init__(
        self, ray: Any, options: RayOptions, plan: Plan, recogniser: Recogniser, report: Report, tasks: TaskGroup
    ) -> None:
        self._ray = ray
        self._options = options
        self._plan = plan
        self._report = report
        self._tasks = tasks
        self._recogniser = ray.put(recogniser)
        resources = {"num_cpus": plan.cores, "num_gpus": plan.gpus, "scheduling_strategy": "SPREAD"}
        self._post = ray.remote(Worker).options(**resources, max_restarts=0, max_concurrency=2)
        self._free, self._idle = anyio.create_memory_object_stream[Any](math.inf)
        self._actors: set[Any] = set()
        self._working = 0
        self._hiring = 0
        self._refused: BackendError | None = None

    async def gather(self) -> BackendError | None:
        """Hire everybody; return when the first is ready, or why nobody will be."""
        for _ in range(self._plan.workers):
            self._tasks.start_soon(self._hire)
        self._hiring = self._plan.workers
        try:
            self._free.send_nowait(await self._next())
        except BackendError as refused:
            return refused
        return None

    async def hear(self, audio: Audio, /) -> AsyncIterator[Transcript]:
        """Have a window heard, by another actor when one dies over it. Raises BackendError."""
        for _ in range(self._options.tries):
            actor = await self._next()
            try:
                answer: Answer = await _answer(actor.hear.remote(audio))
            except self._ray.exceptions.RayError as error:
                self._replace(actor, error)
                continue
            except BaseException:  # cancelled: what it is hearing will not be asked for
                self._free.send_nowait(actor)
                raise
            self._free.send_nowait(actor)
            yield self._read(answer)
            return
        raise BackendError(f"ray: {self._options.tries} workers died over it", "swv6 -vv shows what each died of")

    def dismiss(self) -> None:
        """Send everybody home."""
        for actor in self._actors:
            with suppress(Exception):
                self._ray.kill(actor)
        self._free.close()
        self._idle.close()

    def _read(self, answer: Answer) -> Transcript:
        for event in answer.events:
            self._report(event)
        if answer.transcript is None:
            raise BackendError(answer.what, answer.hint)
        return answer.transcript

    async def _next(self) -> Any:
        """Wait for an idle actor; not for longer than `patience` while nobody works."""
        waited = 0.0
        while waited < self._options.patience:
            with anyio.move_on_after(_LOOK):
                return await self._idle.receive()
            waited = 0.0 if self._working else waited + _LOOK
            if not self._working and not self._hiring:
                raise self._refused or BackendError("ray: every worker died", "ray status")
        raise BackendError(f"ray: no machine has {self._plan.each} free for a worker", "ray status")

    async def _hire(self) -> None:
        """Start an actor; one that dies while it loads is tried again."""
        try:
            for _ in range(self._options.tries):
                actor = self._post.remote(self._recogniser, 0 if self._plan.gpus else self._plan.cores)
                self._actors.add(actor)
                try:
                    answer: Answer = await _answer(actor.start.remote())
                except self._ray.exceptions.RayError as error:
                    self._actors.discard(actor)
                    self._refused = BackendError(f"ray: a worker died while it loaded: {_first(error)}", "ray status")
                    log.warning("%s", self._refused.what)
                    continue
                for event in answer.events:
                    self._report(event)
                if answer.what:
                    self._refused = BackendError(f"ray: a worker could not load: {answer.what}", answer.hint)
                    log.warning("%s", self._refused.what)
                    return
                self._working += 1
                self._free.send_nowait(actor)
                return
        finally:
            self._hiring -= 1

    def _replace(self, actor: Any, error: Exception) -> None:
        log.warning("ray: a worker died, another takes its work: %s", _first(error))
        self._actors.discard(actor)
        self._working -= 1
        self._hiring += 1
        self._tasks.start_soon(self._hire)


async def _answer(reference: Any) -> Answer:
    """Wait for an actor; who is cancelled leaves Ray's own future alone, in which Ray Client would fail aloud."""
    asked = asyncio.ensure_future(reference)
    asked.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody else may be there to look at it
    answer: Answer = await asyncio.shield(asked)
    return answer


def _first(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
