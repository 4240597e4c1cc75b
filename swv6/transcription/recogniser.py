"""A profile's recogniser, for this machine or, pickled, for another one."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from swv6.models.store import Store
from swv6.plugins.options import Options
from swv6.profiles import Choice, Profile, nvml
from swv6.profiles.schema import CHAINS, Fallback
from swv6.stages.build import build
from swv6.stages.opening import needed
from swv6.telemetry.events import Report
from swv6.transcription.luggage import Luggage, packed
from swv6.transcription.windows import final
from swv6.types import STT, Audio, Transcript

REQUESTS = 2
"""At the same time on a processor: a short recording is one window, which one thread hears. More would take memory."""


@dataclass(frozen=True, slots=True)
class ProfileRecogniser:
    """Opens the `stt` chain of a profile; see `swv6.plugins.Recogniser`.

    Pickled it carries that chain only, with the small files that its options name: filters run where recordings are.
    """

    profile: Profile
    luggage: Luggage | None = None
    """What came along to another machine, whose GPU is checked and where missing weights are pulled; None where it was
    made."""

    @property
    def workers(self) -> int:
        """Give the `concurrency` of the first backend, or of the profile where it has none, for each of its cards.

        A backend that computes on the processor, and is told neither this nor its threads, is given two requests.
        """
        first = self.profile.stt[0].options
        if _spreads(first):
            return min(REQUESTS, os.cpu_count() or 1)
        return int(getattr(first, "concurrency", 0) or self.profile.concurrency) * _cards(first)

    @asynccontextmanager
    async def open(self, report: Report, /, workers: int = 0, threads: int = 0) -> AsyncIterator[STT]:
        """Open the chain, its first usable backend loaded; what it gives is final at once."""
        workers = workers or self.workers
        each = -(-workers // _cards(self.profile.stt[0].options))
        sized = [_sized(choice, each, threads) for choice in self.profile.stt]
        store = Store()
        with self.luggage.unpacked(sized) if self.luggage else nullcontext(tuple(sized)) as stt:
            profile = self.profile.model_copy(update={"stt": stt, "concurrency": workers, "fallback": self._fallback()})
            if self.luggage is not None:
                await _ready(profile, store)
            async with build(profile, store, report, live=False) as builder:
                await builder.open("stt")
                chain = builder.chain("stt").stage

                async def whole(audio: Audio, /) -> AsyncIterator[Transcript]:
                    yield await final(chain, audio)

                yield whole

    def _fallback(self) -> Fallback:
        """Let an only recogniser never rest: the recordings after three bad ones would fail unheard."""
        policy = self.profile.fallback
        return policy if len(self.profile.stt) > 1 else policy.model_copy(update={"failures": sys.maxsize})

    def __reduce__(self) -> tuple[Callable[..., ProfileRecogniser], tuple[Any, ...]]:
        bare: dict[str, Any] = {key: () for key in CHAINS if key != "stt"}
        return ProfileRecogniser, (self.profile.model_copy(update=bare), packed(self.profile.stt))


def _cards(options: Options) -> int:
    """Count the cards that may hold a copy of the model: those of the option `devices`, or all; 1 without it."""
    devices = getattr(options, "devices", None)
    if devices is None or getattr(options, "device", "") == "cpu":
        return 1
    return len(devices) or max(1, len(nvml.usage()))


def _spreads(options: Options) -> bool:
    """Say whether a backend computes on the processor with as many requests and threads as it likes."""
    sizes = {"concurrency", "threads"}
    here = getattr(options, "device", "") == "cpu" or not nvml.usage()
    return here and sizes <= set(type(options).model_fields) and not sizes & options.model_fields_set


def _sized(choice: Choice, workers: int, threads: int) -> Choice:
    """Put workers and threads where the backend has such options and the profile leaves them open."""
    sizes = {"concurrency": workers, "threads": threads}
    fields = type(choice.options).model_fields
    open_ = {key: size for key, size in sizes.items() if size and key in fields}
    return choice.model_copy(update={"options": choice.options.model_copy(update=open_)})


async def _ready(profile: Profile, store: Store) -> None:
    from anyio import to_thread

    from swv6.models import catalog

    if profile.gpu is not None:
        from swv6.profiles.gpu import prepare

        prepare(profile.gpu)
    known = catalog.load()
    for name in needed(profile, ("stt",)):
        if name in known and not store.exists(name):
            await to_thread.run_sync(store.pull, name)
