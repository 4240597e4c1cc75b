"""Tiny stages: each answers, fails or hangs as its script says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Generator
from dataclasses import dataclass, field

import anyio
import anyio.lowlevel

from swv6.telemetry.events import Event


@dataclass
class Fake:
    """Yield the script's strings; raise its exceptions; wait for ever at None."""

    script: tuple[str | Exception | None, ...]
    asked: list[str] = field(default_factory=list)
    running: int = 0
    most: int = 0
    closed: int = 0

    async def __call__(self, request: str, /) -> AsyncIterator[str]:
        self.asked.append(request)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            for step in self.script:
                if step is None:
                    await anyio.sleep_forever()
                elif isinstance(step, Exception):
                    raise step
                else:
                    await anyio.lowlevel.checkpoint()
                    yield step
        finally:
            self.running -= 1
            self.closed += 1


def fake(*script: str | Exception | None) -> Fake:
    """Make a stage that follows `script`."""
    return Fake(script)


@dataclass
class Clock:
    """A clock that moves when told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


class Events(list[Event]):
    """What was reported."""

    def __call__(self, event: Event) -> None:
        self.append(event)


async def collect(stream: AsyncIterator[str]) -> list[str]:
    """Take a whole stream."""
    return [item async for item in stream]


class Pause(Awaitable[None]):
    """Hand control to whoever drives the coroutine by hand."""

    def __await__(self) -> Generator[None, None, None]:
        yield
