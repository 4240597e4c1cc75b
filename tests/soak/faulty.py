"""Backends that break in every way a backend can, one time in ten, in an order that is the same every time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.lowlevel
import numpy as np

from swv6.errors import BackendError
from swv6.plugins import Backend, Options
from swv6.plugins.manager import Plugin, Plugins, installed
from swv6.types import Audio, Chat, Stage, Transcript

KINDS = ("stt", "llm", "tts")
SHARE = 0.1
"""Of requests that fail."""
HANG = 0.05
"""Seconds a stage may take for its first item: a backend that hangs is left after these."""


@dataclass
class Faults:
    """Decides which request fails, and how."""

    random: random.Random = field(default_factory=lambda: random.Random(6))
    done: Counter[str] = field(default_factory=Counter)

    async def strike(self, kind: str, begun: bool) -> None:
        """Fail, or not; once an answer has begun it can only break off."""
        how = self.random.choice(("error", "bug", "hang")) if not begun else "break"
        self.done[f"{kind} {how}"] += 1
        if how == "hang":
            await anyio.sleep_forever()
        raise ValueError("a bug") if how == "bug" else BackendError("broken on purpose")

    def stage(self, kind: str, items: Callable[[Any], Sequence[Any]]) -> Stage[Any, Any]:
        """Give a stage that answers `items(request)`, nine times out of ten."""

        async def answer(request: Any, /) -> AsyncIterator[Any]:
            self.done[kind] += 1
            fails = self.random.random() < SHARE
            midway = self.random.random() < 0.5
            if fails and not midway:
                await self.strike(kind, begun=False)
            for number, item in enumerate(items(request)):
                if fails and number == 1:
                    await self.strike(kind, begun=True)
                await anyio.lowlevel.checkpoint()
                yield item
            if fails and midway:
                await self.strike(kind, begun=True)

        return answer

    def shares(self) -> dict[str, float]:
        """Say of each kind which share of its requests failed."""
        struck = {kind: sum(n for name, n in self.done.items() if name.startswith(f"{kind} ")) for kind in KINDS}
        return {kind: struck[kind] / max(1, self.done[kind]) for kind in KINDS}

    def plugins(self) -> Plugins:
        """Give the installed plugins, and a backend `faulty` of each kind."""
        plugins = Plugins(dict(installed().found), {k: dict(v) for k, v in installed().offers.items()})
        plugins.owners = dict(installed().owners)
        plugins.found["faulty"] = Plugin("faulty", "tests", "1")
        answering: dict[str, Callable[[Any], Sequence[Any]]] = {"stt": transcripts, "llm": deltas, "tts": sounds}
        for kind, items in answering.items():
            plugins.offers[kind]["faulty"] = self._offer(kind, items)
            plugins.owners[kind, "faulty"] = "faulty"
        return plugins

    def _offer(self, kind: str, items: Callable[[Any], Sequence[Any]]) -> Backend[Any]:
        @asynccontextmanager
        async def open_(options: Options) -> AsyncIterator[Stage[Any, Any]]:
            yield self.stage(kind, items)

        return Backend("faulty", "Breaks.", open_, Options)


def transcripts(audio: Audio) -> Sequence[Transcript]:
    """Hear a partial and a final transcript in anything."""
    return Transcript("Quelle", final=False), Transcript("Quelle heure est-il ?", duration=audio.seconds)


def deltas(chat: Chat) -> Sequence[str]:
    """Answer with two sentences that tell how long the conversation is."""
    return f"Voici la réponse numéro {len(chat)}. ", "Elle est ", "courte."


def sounds(text: str) -> Sequence[Audio]:
    """Say each clause in two pieces."""
    return [Audio(np.full(240 * max(1, len(text)), 0.1, np.float32), 24000)] * 2
