"""Looking at the machine every few seconds, for as long as a conversation lasts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import chain

from anyio import create_task_group, sleep, to_thread

from swv6.dashboard.conversation import Conversation
from swv6.dashboard.machine import EVERY
from swv6.telemetry.probes import STATES, Probe, Reading

BREAKERS = {number: name for name, number in STATES.items()}


@asynccontextmanager
async def sampled(
    conversation: Conversation, probes: Sequence[Probe], names: Callable[[], dict[str, str]]
) -> AsyncIterator[None]:
    """Ask probes, in a thread, and which devices are in use (kind -> name), until the block ends."""

    async def sample() -> None:
        while True:
            _take(conversation, await to_thread.run_sync(_read, probes))
            for kind, name in names().items():
                if conversation.devices.named(kind, name):
                    conversation.board.touch("devices")
            await sleep(EVERY)

    async with create_task_group() as tasks:
        tasks.start_soon(sample)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()


def _read(probes: Sequence[Probe]) -> list[Reading]:
    return list(chain.from_iterable(probe() for probe in probes))


def _take(conversation: Conversation, readings: list[Reading]) -> None:
    for reading in readings:
        if reading.name == "swv6_breaker_state":
            kind, name = reading.labels
            if conversation.backends.breaker(kind, name, BREAKERS[int(reading.value)]):
                conversation.board.touch("backends")
    conversation.machine.take(readings)
    conversation.board.touch("machine")
