"""From a profile to chains: which stages, wrapped how, in which order."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, cast

from anyio import Semaphore, create_task_group
from anyio.abc import TaskGroup

from swv6.errors import Unavailable
from swv6.models.store import Store
from swv6.plugins.counting import Counting
from swv6.plugins.tools import Call, Tool
from swv6.profiles import Choice, Profile
from swv6.stages.answers.shape import shaped
from swv6.stages.breaker import Breaker, guarded
from swv6.stages.cache import Cache, cached
from swv6.stages.cache_keys import KEYS, size_of
from swv6.stages.cache_shelf import Shelves
from swv6.stages.deadline import prompt, unstuck
from swv6.stages.fallback import one_line
from swv6.stages.limit import limited
from swv6.stages.listeners import attended
from swv6.stages.listening import Fanout
from swv6.stages.naming import named as named
from swv6.stages.on_demand import OnDemand, on_demand
from swv6.stages.opening import opened
from swv6.stages.timing import timed
from swv6.stages.voices import joined
from swv6.telemetry.events import BreakerChanged, FellBack, ModelLoaded, Notice, Report
from swv6.telemetry.log_events import logged
from swv6.types import Audio, Chat, Stage

log = logging.getLogger("swv6.stages")
EMPTY_IS_FAILURE = {"stt": True, "llm": True, "tts": False}
"""Whether a stream without an item is a failure: a voice may rightly have nothing to say of "..."."""
SLOWEST = 10.0
"""Times its length that a recording may take to its first words: generous, since only what hangs is to be given up."""


@dataclass(frozen=True, slots=True)
class Link:
    """One backend of a chain, wrapped."""

    name: str
    demand: OnDemand[Any, Any]
    breaker: Breaker[Any, Any]
    cache: Cache[Any] | None
    stage: Stage[Any, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """The backends of one kind, in the profile's order."""

    kind: str
    links: tuple[Link, ...]
    stage: Stage[Any, Any]
    fresh: Stage[Any, Any]
    """The same without its caches."""
    waiting: Callable[[], int] = lambda: 0
    """How many requests wait for their turn."""


@dataclass(slots=True)
class Builder:
    """Builds what a profile names and owns what it has opened; use `build()`."""

    profile: Profile
    store: Store
    report: Fanout
    live: bool
    tasks: TaskGroup
    stack: AsyncExitStack
    shelves: Shelves
    chains: dict[str, Chain] = field(default_factory=dict)
    opened: dict[tuple[str, str], Any] = field(default_factory=dict)
    """(kind, name) -> what a backend yielded, for what only some can do."""

    def chain(self, kind: str) -> Chain:
        """Give the chain of `stt`, `llm` or `tts`; nothing is opened yet."""
        if kind not in self.chains:
            links = tuple(self._link(kind, name, choice) for name, choice in named(getattr(self.profile, kind)))
            if kind == "llm":
                answer, last = self.profile.answer, links[-1]
                language = self.profile.language
                shapes = [shaped(k.stage, answer, language if k is last else "") for k in links]
                links = tuple(replace(k, stage=shape) for k, shape in zip(links, shapes, strict=True))
            ways = [(link.name, link.stage) for link in links], [(link.name, link.breaker) for link in links]
            stage, fresh = (joined(way, kind, self.profile, self.report, EMPTY_IS_FAILURE[kind]) for way in ways)
            slots = Semaphore(self.profile.concurrency)
            waiting = lambda: slots.statistics().tasks_waiting  # noqa: E731
            self.chains[kind] = Chain(kind, links, limited(stage, slots), fresh, waiting)
        return self.chains[kind]

    async def open(self, kind: str) -> None:
        """Open the first backend of a chain that opens; the others open when they are needed.

        Raises Unavailable, carrying each one's error, when none does.
        """
        errors = list[Exception]()
        for link in self.chain(kind).links:
            try:
                await link.demand.get()
            except Exception as error:  # a plugin's border
                errors.append(error)
                log.debug("%s: %s did not open", kind, link.name, exc_info=error)
                if link is not self.chain(kind).links[-1]:  # what is said of the last one is the error raised
                    self.report(FellBack(kind, link.name, one_line(error)))
            else:
                log.info("%s: %s", kind, link.name)
                return
        raise _none_opened(kind, errors)

    def counting(self) -> Counting | None:
        """Give the open language model, if it counts its own tokens."""
        return next((stage for stage in self.opened.values() if isinstance(stage, Counting)), None)

    async def choose(self, chat: Chat, tools: Sequence[Tool]) -> Call | None:
        """Let the open language model choose a tool; none where it cannot."""
        chooser = next((stage.choose for stage in self.opened.values() if getattr(stage, "choose", None)), None)
        return await chooser(chat, tools) if chooser else None

    async def warm(self, kind: str, request: object) -> None:
        """Open a chain and let it answer once: what a fallback or a first request costs is paid before `ready`."""
        await self.open(kind)
        async with aclosing(cast("Any", self.chain(kind).fresh(request))) as items:
            async for _ in items:
                if kind == "llm":
                    return

    def _link(self, kind: str, name: str, choice: Choice) -> Link:
        policy = self.profile.fallback
        within: float | None = getattr(policy.first_item_within, kind)
        threads = self.profile.threads.share(kind) if self.live else 0

        @asynccontextmanager
        async def open_() -> AsyncIterator[Stage[Any, Any]]:
            began = monotonic()
            async with opened(choice, self.store, self.live, threads) as stage:
                self.report(ModelLoaded(kind, name, monotonic() - began))
                if choice.offer.warning:
                    self.report(Notice(choice.offer.warning))
                self.opened[kind, name] = stage
                watched = unstuck(stage, policy.stalled) if kind != "stt" else stage
                extra = _long if kind == "stt" and not self.live else None
                yield timed(prompt(watched, within, extra) if within else watched, kind, name, self.report)

        demand = on_demand(open_, self.tasks)
        breaker = guarded(demand, policy.failures, policy.rest)
        breaker.changed = lambda state: self.report(BreakerChanged(kind, name, state))
        limits, shelf = getattr(self.profile.cache, kind, None), self.shelves.shelf(kind, choice, self.tasks)
        if limits is None and shelf is None:
            return Link(name, demand, breaker, None, breaker)
        cache = Cache[Any](limits.max_bytes, limits.ttl, size_of) if limits else Cache[Any](0, 1, size_of)
        stage = cached(breaker, cache, KEYS[kind], kind, name, self.report, shelf)
        return Link(name, demand, breaker, cache, stage)


@asynccontextmanager
async def build(profile: Profile, store: Store, report: Report, live: bool = True) -> AsyncIterator[Builder]:
    """Own everything that a Builder opens; `live` is False when files are transcribed."""
    with Shelves(profile, store, live) as shelves:
        async with create_task_group() as tasks, AsyncExitStack() as stack:
            fanout = Fanout(report)
            if written := stack.enter_context(logged(fanout.stamp, profile.log.text, profile.prompt)):
                fanout.add("log", written)
            builder = Builder(profile, store, fanout, live, tasks, stack, shelves)
            await stack.enter_async_context(attended(fanout, profile, store, live))
            try:
                yield builder
            finally:
                for chain in builder.chains.values():
                    for link in chain.links:
                        link.demand.close()


def _long(audio: Audio) -> float:
    """Give a recording the seconds that the slowest machine takes: its first words come after minutes of sound."""
    return SLOWEST * audio.seconds


def _none_opened(kind: str, errors: list[Exception]) -> Exception:
    """Let a single reason keep its own exit code and hint."""
    if len(errors) == 1:
        return errors[0]
    hint = next(filter(None, (getattr(error, "hint", "") for error in errors)), "swv6 doctor")
    return Unavailable(f"no {kind} backend could be opened", errors, hint)
